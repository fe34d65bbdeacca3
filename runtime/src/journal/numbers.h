/// Whole numbers by text.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Numbers {
 public:
  Numbers() = default;
  Numbers(const Numbers&) = delete;
  Numbers& operator=(const Numbers&) = delete;
  ~Numbers();

  /// Takes over a reference to the text.
  void set(pf_str text, int64_t number);
  [[nodiscard]] int64_t find(pf_str text, int64_t otherwise) const;

 private:
  pf_list_head* map_ = nullptr;
};

}  // namespace pflow::rt
