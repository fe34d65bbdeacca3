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
  [[nodiscard]] size_t column(size_t byte) const {
    return columns_[byte < columns_.size() ? byte : columns_.size() - 1];
  }

 private:
  [[nodiscard]] size_t measure(std::string_view line);
  [[nodiscard]] std::vector<Range> kept_columns(const std::vector<Range>& focus,
                                                size_t width) const;
  void cut(std::string_view line, const std::vector<Range>& kept);

  std::string text_;
  std::vector<uint32_t> columns_;  ///< one per byte, and one for the end
};

}  // namespace pflow
