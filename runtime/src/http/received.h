/// What has come back of a request so far: the head of the last answer, and its body.
#pragma once

#include "pflow/http.hpp"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/row.h"

namespace pflow {

class Received {
 public:
  /// A line of a head, without its end. A status line begins another answer (behind a
  /// redirect or `100 Continue`), the body of which is to come.
  void add_line(const char* line, size_t len);
  void add_body(const char* data, size_t len) { body_.add(data, len); }
  [[nodiscard]] size_t body_size() const { return body_.size(); }
  [[nodiscard]] pf_str take_body() { return body_.take(); }

  [[nodiscard]] int status() const { return status_; }
  /// The value of a header; null when there is none.
  [[nodiscard]] const char* header(const char* name) const;
  /// Adds all of them; they are valid until the next line.
  void list_headers(rt::Row<HttpHeader>& out) const;
  /// `Not Found`; empty where the protocol has none.
  [[nodiscard]] const char* reason() { return reason_.c_str(); }

 private:
  void add_reason(const char* line, size_t len);

  rt::Buffer headers_;  ///< name, zero byte, value, zero byte; UTF-8
  rt::Buffer body_;
  rt::Buffer reason_;
  size_t header_count_ = 0;
  int status_ = 0;
};

}  // namespace pflow
