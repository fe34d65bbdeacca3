/// One request and what has come back of it. Knows libcurl's easy interface only.
#pragma once

#include <curl/curl.h>

#include "pflow/http.hpp"
#include "runtime/src/values/buffer.h"

namespace pflow {

struct HttpExchange {
  HttpExchange(HttpDone done, void* user) : done(done), user(user) {}
  HttpExchange(const HttpExchange&) = delete;
  HttpExchange& operator=(const HttpExchange&) = delete;
  ~HttpExchange();

  /// Makes the curl handle; false when the request cannot be sent, `problem` says why.
  bool prepare(const HttpRequest& request);
  /// Tells `done` how it ended.
  void finish(CURLcode result);
  void finish_with_error(pf_error_kind kind, const char* error, const char* help = nullptr);

  HttpDone done;
  void* user;
  CURL* easy = nullptr;
  const char* problem = nullptr;
  HttpExchange* next_refused = nullptr;

 private:
  static size_t on_body(char* data, size_t size, size_t count, void* exchange);
  static size_t on_header(char* data, size_t size, size_t count, void* exchange);
  bool set_headers(const HttpRequest& request);
  void set_method(const HttpRequest& request);
  void set_limits(const HttpRequest& request);
  void add_header_line(const char* line, size_t len);
  [[nodiscard]] size_t parse_headers(HttpHeader* out, size_t capacity);

  curl_slist* sent_headers_ = nullptr;
  rt::Buffer body_;
  rt::Buffer headers_;  ///< name, zero byte, value, zero byte
  size_t header_count_ = 0;
  size_t max_body_ = 0;
  bool too_long_ = false;
  char error_[CURL_ERROR_SIZE] = "";
};

}  // namespace pflow
