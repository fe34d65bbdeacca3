/// Reads one request, with the parser of Boost.Beast.
#pragma once

#include <memory>
#include <string_view>

#include "runtime/src/serve/http_message.h"

namespace pflow::serve {

class HttpParser {
 public:
  HttpParser();
  ~HttpParser();

  /// Takes as much of `bytes` as it can; what is left is to come again, with more behind it.
  size_t take(std::string_view bytes);

  [[nodiscard]] bool has_head() const;
  [[nodiscard]] bool is_done() const;
  /// 0, or the status of an answer that refuses it; nothing more can be read then.
  [[nodiscard]] int problem() const { return problem_; }
  [[nodiscard]] HttpIn& request();

 private:
  class Reader;
  std::unique_ptr<Reader> reader_;
  int problem_ = 0;
};

}  // namespace pflow::serve
