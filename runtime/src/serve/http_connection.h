/// A connection of a client: bytes come and go, and its first ones tell the version of HTTP.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "pflow/loop.h"
#include "runtime/src/serve/http_protocol.h"

namespace pflow::serve {

class HttpConnection;

/// Who keeps connections.
class HttpKeeper {
 public:
  virtual ~HttpKeeper() = default;
  /// The client has begun as HTTP/2 begins.
  virtual void begins_http2(HttpConnection& connection) = 0;
  virtual void closed(HttpConnection& connection) = 0;
};

class HttpConnection {
 public:
  explicit HttpConnection(HttpKeeper& keeper);

  /// What is spoken from now on; before `accept` the first.
  void speak(std::unique_ptr<HttpProtocol> protocol) { protocol_ = std::move(protocol); }
  /// Takes the connection that waits. False: there is none, and this is closed.
  bool accept(uv_stream_t* server);
  /// Takes no further request; closes when none is being read or answered.
  void drain();
  void close();

  // ---- for what is spoken

  void send(std::string bytes);
  /// Bytes that were sent and wait for the client.
  [[nodiscard]] size_t unsent() const { return unsent_; }
  void start_reading();
  void stop_reading();
  /// Nothing more is sent; closes when the client has read it all.
  void finish();
  /// It is finished or closed.
  [[nodiscard]] bool ends() const { return lingers_ || closing_; }

  HttpConnection* next = nullptr;  ///< of those of a keeper
  HttpConnection* before = nullptr;

 private:
  void received(std::string_view bytes);
  void choose(std::string_view bytes);
  void sent(size_t bytes, int failed);
  void look();
  void look_after(int64_t nanoseconds);
  [[nodiscard]] uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&handle_); }

  HttpKeeper& keeper_;
  uv_tcp_t handle_{};
  struct Watch {
    pf_timer timer{};
    HttpConnection* connection;
  } watch_{};
  std::unique_ptr<HttpProtocol> protocol_;
  std::string first_;  ///< bytes that HTTP/2 may begin with
  bool is_chosen_ = false;
  bool reads_ = false;
  bool lingers_ = false;  ///< all is said; what still comes is thrown away
  bool broken_ = false;   ///< nothing can be written any more
  bool closing_ = false;
  size_t unsent_ = 0;
  // Since the last look:
  size_t moved_ = 0;        ///< bytes that came or went
  bool was_stuck_ = false;  ///< then something waited for the client
};

}  // namespace pflow::serve
