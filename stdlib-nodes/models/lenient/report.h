/// What was mended, in short sentences with places: `$.items[3].price: "$4.50" read as 4.5`.
#pragma once

#include <string>
#include <vector>

#include "tree.h"

namespace pf_models::lenient {

class Report {
 public:
  /// Of the answer as it was written.
  void add_mends(const Node& written);
  /// Of what was made of it.
  void add_changes(const Node& made);
  void add(std::string sentence);
  /// With many changes the last sentence counts those that are not told.
  [[nodiscard]] std::vector<std::string> take();

 private:
  static constexpr size_t kMost = 100;
  std::vector<std::string> sentences_;
  size_t untold_ = 0;
};

}  // namespace pf_models::lenient
