/// One source line as it is printed in a message: tabs as four columns, control
/// bytes escaped, and the far parts of a very long line cut out as `...`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pflow {

class DisplayLine {
 public:
  struct Range {
    size_t begin;
    size_t end;
  };

  /// `focus`: the byte ranges that must stay in sight.
  DisplayLine(std::string_view line, const std::vector<Range>& focus);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// The 0-based display column at which a byte of the line is printed; bytes
  /// past the end stand right after the last character.
  [[nodiscard]] size_t column(size_t byte) const;

 private:
  /// A run of bytes that is shown, with a column for each byte and for its end.
  struct Piece {
    size_t begin;
    std::vector<uint32_t> columns;
  };

  void show(std::string_view line, Range bytes);
  void elide();

  std::string text_;
  size_t width_ = 0;
  std::vector<Piece> pieces_;  ///< in order
};

}  // namespace pflow
