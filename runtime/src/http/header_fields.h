/// Header fields: which may be sent, which go where, and the text of those received.
#pragma once

#include "pflow/http.hpp"
#include "runtime/src/values/buffer.h"

namespace pflow {

/// The headers of a request, kept for all its redirects.
class SentHeaders {
 public:
  /// Adds a copy; false: it cannot be sent, and `problem` says why.
  bool add(const HttpHeader& header, rt::Buffer& problem);

  /// Calls `use` with each line as libcurl takes it. Without `everything` only those that
  /// never hold a secret, for another origin; without `with_body` none that tells of one.
  template <typename Use>
  void each_line(bool everything, bool with_body, Use use) const {
    rt::Buffer line;
    for (size_t at = 0; at < lines_.size(); at += line.size() + 1) {
      line.clear();
      line.add(rt::view(lines_.data() + at));
      if (goes(line.c_str(), everything, with_body)) use(line.c_str());
    }
  }

 private:
  [[nodiscard]] bool has(const pf_str& name) const;
  static bool goes(const char* line, bool everything, bool with_body);

  rt::Buffer lines_;  ///< `Name: value`, a zero byte behind each
};

/// Adds a name or value of an answer: UTF-8 as it is, else decoded as Latin-1.
void add_header_text(rt::Buffer& out, const char* data, size_t len);

}  // namespace pflow
