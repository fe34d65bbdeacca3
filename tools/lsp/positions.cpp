#include "tools/lsp/positions.h"

#include <algorithm>

namespace pflow::lsp {

namespace {

struct Character {
  uint32_t bytes;
  uint32_t units;
};

/// The character at an offset that lies in the text.
Character character_at(std::string_view text, size_t at, Encoding encoding) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[at + i]); };
  uint32_t bytes = byte(0) < 0xC2   ? 1
                   : byte(0) < 0xE0 ? 2
                   : byte(0) < 0xF0 ? 3
                   : byte(0) < 0xF5 ? 4
                                    : 1;
  if (at + bytes > text.size()) bytes = 1;
  for (uint32_t i = 1; i < bytes; ++i)
    if ((byte(i) & 0xC0) != 0x80) bytes = 1;
  if (encoding == Encoding::Utf8) return {bytes, bytes};
  return {bytes, bytes == 4 ? 2U : 1U};
}

}  // namespace

Lines::Lines(std::string_view text) : text_(text), starts_{0} {
  for (size_t i = 0; i < text.size(); ++i) {
    bool ends =
        text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (ends) starts_.push_back(static_cast<uint32_t>(i + 1));
  }
}

size_t Lines::offset(Position position, Encoding encoding) const {
  if (position.line >= starts_.size()) return text_.size();
  size_t at = starts_[position.line];
  size_t end = position.line + 1 < starts_.size() ? starts_[position.line + 1] : text_.size();
  for (uint32_t units = 0; at < end && text_[at] != '\n' && text_[at] != '\r';) {
    Character next = character_at(text_, at, encoding);
    units += next.units;
    if (units > position.character) break;
    at += next.bytes;
  }
  return at;
}

Position Lines::position(size_t offset, Encoding encoding) const {
  offset = std::min(offset, text_.size());
  auto after = std::ranges::upper_bound(starts_, offset);
  auto line = static_cast<uint32_t>(after - starts_.begin()) - 1;
  uint32_t units = 0;
  for (size_t at = starts_[line]; at < offset;) {
    Character next = character_at(text_, at, encoding);
    at += next.bytes;
    if (at <= offset) units += next.units;
  }
  return {line, units};
}

}  // namespace pflow::lsp
