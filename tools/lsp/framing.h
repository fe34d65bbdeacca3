/// Messages out of bytes: `Content-Length: N`, an empty line, N bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pflow::lsp {

class Framing {
 public:
  void feed(std::string_view bytes) { buffer_ += bytes; }
  /// The body of the next whole message. What is no header is skipped up to the next one.
  [[nodiscard]] std::optional<std::string> next();

  [[nodiscard]] static std::string frame(std::string_view body);

 private:
  bool read_header();

  std::string buffer_;
  size_t length_ = 0;
  bool in_body_ = false;
  size_t skipped_ = 0;  ///< of a body that is too large
};

}  // namespace pflow::lsp
