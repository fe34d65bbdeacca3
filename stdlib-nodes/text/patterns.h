/// Compiled regular expressions. What includes this needs RE2 and the C++ library.
#pragma once

#include <re2/re2.h>

#include <string>

#include "pflow/node.hpp"
#include "required_literals.h"

namespace pf_text {

struct Pattern {
  explicit Pattern(re2::StringPiece source);
  std::string text;
  re2::RE2 regex;
  RequiredLiterals literals;
};

/// The pattern, compiled when it is not one of those used last; null after the call was
/// failed.
const Pattern* find_pattern(pf_call* call, const pf_str& text);

inline re2::StringPiece piece(const pf_str& text) {
  return {text.len == 0 ? "" : text.data, text.len};
}

}  // namespace pf_text
