#include "frontend/parse/source_text.h"

namespace pflow::parse {

namespace {
constexpr size_t kMaxBytes = size_t{64} * 1024 * 1024;

uint32_t byte_at(std::string_view text, size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool continues(std::string_view text, size_t at) { return (byte_at(text, at) & 0xC0) == 0x80; }
}  // namespace

uint32_t byte_order_mark(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

uint32_t utf8_length(std::string_view text, size_t at) {
  uint32_t lead = byte_at(text, at);
  uint32_t second = byte_at(text, at + 1);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || !continues(text, at + 1)) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) {
    // Overlong forms and surrogates.
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
    return continues(text, at + 2) ? 3 : 0;
  }
  // Overlong forms and what lies past U+10FFFF.
  if (lead > 0xF4 || (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
  return continues(text, at + 2) && continues(text, at + 3) ? 4 : 0;
}

bool check_source_text(std::string_view text, Reports& reports) {
  if (text.size() > kMaxBytes) {
    reports.report(diag::file_too_large, reports.span(0, 0), text.size(), kMaxBytes);
    return false;
  }
  for (size_t at = 0; at < text.size();) {
    auto begin = static_cast<uint32_t>(at);
    uint32_t length = utf8_length(text, at);
    if (length == 0) {
      reports.report(diag::not_utf8, reports.span(begin, begin + 1), byte_at(text, at))
          .label("not UTF-8")
          .help("save the file in UTF-8");
      return false;
    }
    if (text[at] == '\0') {
      reports.report(diag::nul_byte, reports.span(begin, begin + 1))
          .label("a NUL byte")
          .help("a program is text: take the byte out");
      return false;
    }
    at += length;
  }
  return true;
}

}  // namespace pflow::parse
