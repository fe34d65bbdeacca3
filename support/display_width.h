/// Text as a terminal shows it: code points, their width in columns, and the
/// visible form of what has none (control bytes, broken UTF-8, text direction).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pflow {

/// One code point at the front of a text. `length` is 0 only at its end.
struct CodePoint {
  char32_t value = 0;
  size_t length = 0;
  bool valid = false;  ///< false: one byte that is not UTF-8
};
[[nodiscard]] CodePoint decode_front(std::string_view text);

/// What stands for the code point when it is printed: itself, four spaces for a
/// tab, `<1B>` for a control byte, `<U+202E>` for one that would turn the text.
[[nodiscard]] std::string visible_form(std::string_view text, const CodePoint& point);

/// A whole text in its visible form; newlines stay when `keep_newlines`.
[[nodiscard]] std::string visible_text(std::string_view text, bool keep_newlines = false);

/// Columns of a text in visible form.
[[nodiscard]] size_t display_width(std::string_view text);

}  // namespace pflow
