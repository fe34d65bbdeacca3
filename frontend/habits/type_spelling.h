/// A type as other languages write it, in the spelling of this one.
#pragma once

#include <string>
#include <string_view>

namespace pflow::habits {

struct TypeSpelling {
  std::string here;   ///< empty: no type, or one that is spelled alike in no way
  size_t length = 0;  ///< of what was read of the text
};

/// Reads the type that `text` begins with: `Optional[str]`, `string[]`, `List<int>`,
/// `dict[str, Any]`, `str | None`.
[[nodiscard]] TypeSpelling spell_type(std::string_view text);

}  // namespace pflow::habits
