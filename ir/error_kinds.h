/// The kinds of errors at run time, as programs name them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace pflow::ir {

struct ErrorKind {
  std::string_view word;
  int32_t number;  ///< what the runtime knows it by
};

inline constexpr auto kErrorKinds = std::to_array<ErrorKind>({
#define PF_ERROR_KIND(NAME, word, number, tries) {#word, number},
#include "runtime/include/pflow/tables/error_kinds.def"
});

/// Null for an unknown word.
[[nodiscard]] constexpr const ErrorKind* find_error_kind(std::string_view word) {
  for (const ErrorKind& kind : kErrorKinds)
    if (kind.word == word) return &kind;
  return nullptr;
}

}  // namespace pflow::ir
