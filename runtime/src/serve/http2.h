/// HTTP/2 in cleartext, as a client begins it that knows of it: requests come in streams beside
/// each other, each with its own room. nghttp2 keeps the rules of frames, headers and flow control.
#pragma once

#include <nghttp2/nghttp2.h>

#include <string_view>
#include <vector>

#include "pflow/timer.h"
#include "runtime/src/serve/http2_allowance.h"
#include "runtime/src/serve/http2_stream.h"
#include "runtime/src/serve/http_connection.h"
#include "runtime/src/serve/http_protocol.h"
#include "runtime/src/serve/http_responder.h"

namespace pflow::serve {

class Http2 final : public HttpProtocol, public Http2Output {
 public:
  Http2(HttpConnection& connection, HttpRouter& router);
  Http2(const Http2&) = delete;
  Http2& operator=(const Http2&) = delete;
  ~Http2() override;

  void received(std::string_view bytes) override;
  void sent_all() override;
  void look(size_t moved) override;
  void drain() override;
  void left() override;
  void has_frames() override;

 private:
  friend struct Http2Events;  ///< what nghttp2 tells
  void add_stream(int32_t id);
  void remove_stream(Http2Stream& stream);
  void widen();
  void answer_ready();
  void flush();
  void send_frames();
  void spend_allowance();
  void end(uint32_t error);
  void leave_streams();

  HttpConnection& connection_;
  HttpRouter& router_;
  nghttp2_session* session_ = nullptr;
  Http2Stream* first_ = nullptr;
  Http2Stream* last_ = nullptr;
  std::vector<int32_t> ready_;  ///< streams with what is to be answered or heard
  bool busy_ = false;           ///< within nghttp2, or about to flush
  struct Soon {
    pf_timer timer{};
    Http2* http2;
  } soon_{};  ///< flushes
  int idle_looks_ = 0;
  Http2Allowance allowance_;
};

}  // namespace pflow::serve
