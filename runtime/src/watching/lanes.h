/// Where steps are drawn that overlap: each in the first lane that is free.
#pragma once

#include <algorithm>

#include "runtime/src/values/row.h"

namespace pflow::rt {

class Lanes {
 public:
  size_t take() {
    while (free_ < taken_.size() && taken_[free_]) ++free_;
    if (free_ == taken_.size()) taken_.add(true);
    taken_[free_] = true;
    return free_++;
  }
  void give_back(size_t lane) {
    taken_[lane] = false;
    free_ = std::min(free_, lane);
  }

 private:
  Row<bool> taken_;
  size_t free_ = 0;  ///< all before it are taken
};

}  // namespace pflow::rt
