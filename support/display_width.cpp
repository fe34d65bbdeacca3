#include "support/display_width.h"

#include <fmt/format.h>

#include <cstdint>

#include "runtime/include/pflow/tables/code_point_width.h"

namespace pflow {
namespace {

bool is_control(char32_t value) { return value < 0x20 || (value >= 0x7F && value < 0xA0); }

/// Characters that reorder or hide text around them.
bool turns_text(char32_t value) {
  return value == 0x061C || value == 0x200E || value == 0x200F || value == 0x2028 ||
         value == 0x2029 || (value >= 0x202A && value <= 0x202E) ||
         (value >= 0x2066 && value <= 0x2069) || value == 0xFEFF;
}

}  // namespace

CodePoint decode_front(std::string_view text) {
  if (text.empty()) return {};
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {lead, 1, false};
  char32_t value = lead & (0x7F >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {lead, 1, false};
    value = value << 6 | (byte(i) & 0x3F);
  }
  bool too_short = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (too_short || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return {lead, 1, false};
  return {value, length, true};
}

std::string visible_form(std::string_view text, const CodePoint& point) {
  if (point.valid && point.value == '\t') return "    ";
  if (!point.valid || is_control(point.value))
    return fmt::format("<{:02X}>", static_cast<uint32_t>(point.value));
  if (turns_text(point.value)) return fmt::format("<U+{:04X}>", static_cast<uint32_t>(point.value));
  return std::string(text.substr(0, point.length));
}

std::string visible_text(std::string_view text, bool keep_newlines) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    CodePoint point = decode_front(text);
    if (keep_newlines && point.value == '\n')
      out += '\n';
    else
      out += visible_form(text, point);
    text.remove_prefix(point.length);
  }
  return out;
}

size_t display_width(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    CodePoint point = decode_front(text);
    width += tables::code_point_width(point.value);
    text.remove_prefix(point.length);
  }
  return width;
}

}  // namespace pflow
