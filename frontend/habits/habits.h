/// What other languages call what this one has, a table a kind.
#pragma once

#include <cstdint>
#include <string_view>

namespace pflow::habits {

/// In the place of a spelling: it takes more than one word.
inline constexpr std::string_view kNoEdit = "\1";

/// Begins a statement there. A soft one may be a name of the program's own.
struct Word {
  std::string_view written;
  std::string_view here;  ///< stands in its place, empty to leave it out, or kNoEdit
  std::string_view help;
  bool soft;
};
/// A function, method or field.
struct Name {
  std::string_view written;
  std::string_view here;  ///< the node that takes the same arguments; empty with a help
  std::string_view help;  ///< how it is done in another way
};
struct Character {
  uint32_t code;
  std::string_view name;  ///< with an article
  std::string_view here;  ///< `"` and `'` begin and end a string; empty: nothing
};

/// Null, or empty, where the table has none.
[[nodiscard]] const Word* find_word(std::string_view written);
[[nodiscard]] const Name* find_name(std::string_view written);
[[nodiscard]] std::string_view find_value(std::string_view written);
[[nodiscard]] const Character* find_character(uint32_t code);
/// The type's pattern for so many parts (types.def).
[[nodiscard]] std::string_view find_type(std::string_view written, size_t parts);

}  // namespace pflow::habits
