/// Long texts in tables.
#pragma once

#include <string>
#include <string_view>

namespace pflow {

/// At most so many bytes of the text, whole characters, and `…` where more follows.
[[nodiscard]] inline std::string shortened(std::string_view text, size_t most) {
  if (text.size() <= most) return std::string(text);
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
  return std::string(text.substr(0, most)) + "…";
}

}  // namespace pflow
