/// Blanks and letters as the lenient reader sees them: ASCII, and the blanks and signs beyond
/// it that models write.
#pragma once

#include <string_view>

namespace pf_models::lenient {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// Also every byte of a character beyond ASCII.
constexpr bool is_word(char c) {
  return is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// The bytes of the blank at the start of the text; 0: none stands there.
constexpr size_t blank_length(std::string_view text) {
  if (text.empty()) return 0;
  char c = text[0];
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (c == '\xc2') return text.starts_with("\xc2\xa0") ? 2 : 0;      // no-break space
  if (c == '\xef') return text.starts_with("\xef\xbb\xbf") ? 3 : 0;  // byte order mark
  if (c != '\xe2' || text.size() < 3) return 0;
  bool spaces = text[1] == '\x80' && text[2] >= '\x80' && text[2] <= '\x8b';
  bool narrow = text.starts_with("\xe2\x80\xaf");
  bool line_end = text.starts_with("\xe2\x80\xa8") || text.starts_with("\xe2\x80\xa9");
  return spaces || narrow || line_end ? 3 : 0;
}

constexpr std::string_view trimmed(std::string_view text) {
  while (size_t blank = blank_length(text)) text.remove_prefix(blank);
  for (bool more = true; more && !text.empty();) {
    more = false;
    for (size_t length = 1; length <= 3 && length <= text.size(); ++length) {
      if (blank_length(text.substr(text.size() - length)) != length) continue;
      text.remove_suffix(length);
      more = true;
      break;
    }
  }
  return text;
}

}  // namespace pf_models::lenient
