#include "support/json_text.h"

#include <fmt/format.h>

#include "support/display_width.h"

namespace pflow {

std::string json_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    CodePoint point = decode_front(text);
    if (!point.valid)
      out += "\xEF\xBF\xBD";
    else if (point.value == '"')
      out += "\\\"";
    else if (point.value == '\\')
      out += "\\\\";
    else if (point.value == '\n')
      out += "\\n";
    else if (point.value == '\r')
      out += "\\r";
    else if (point.value == '\t')
      out += "\\t";
    else if (point.value < 0x20 || point.value == 0x7F)
      out += fmt::format("\\u{:04x}", static_cast<uint32_t>(point.value));
    else
      out += text.substr(0, point.length);
    text.remove_prefix(point.length);
  }
  return out + '"';
}

}  // namespace pflow
