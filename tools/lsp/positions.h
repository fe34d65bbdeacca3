/// Places in a text as the protocol says them, lines from 0 and characters in units of an
/// encoding, and as byte offsets.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace pflow::lsp {

enum class Encoding : uint8_t { Utf8, Utf16 };

struct Position {
  uint32_t line = 0;
  uint32_t character = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

/// The lines of a text, which must outlive it. Lines end with `\n`, `\r\n` or `\r`, as the
/// protocol has it; bytes that are no UTF-8 count as one unit each.
class Lines {
 public:
  Lines() : Lines("") {}
  explicit Lines(std::string_view text);

  /// The nearest offset that is there: past the end of a line is its end, past the last line the
  /// end of the text, inside of a character its begin.
  [[nodiscard]] size_t offset(Position position, Encoding encoding) const;
  [[nodiscard]] Position position(size_t offset, Encoding encoding) const;
  [[nodiscard]] uint32_t count() const { return static_cast<uint32_t>(starts_.size()); }

 private:
  std::string_view text_;
  std::vector<uint32_t> starts_;
};

}  // namespace pflow::lsp
