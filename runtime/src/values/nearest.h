/// Spelling help for option names and literals.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Finds the candidate nearest to a word: equal but for case, else at a
/// Damerau-Levenshtein distance of at most a third of its length; never for
/// words of one or two characters.
class Nearest {
 public:
  explicit Nearest(pf_str word) : word_(word) {}
  /// Whether it is nearer than those before it.
  bool consider(pf_str candidate);
  [[nodiscard]] bool found() const { return best_.data != nullptr; }
  [[nodiscard]] pf_str best() const { return best_; }

 private:
  pf_str word_;
  pf_str best_{};
  size_t distance_ = ~size_t{0};
};

}  // namespace pflow::rt
