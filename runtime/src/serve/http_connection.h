/// A connection of a client: requests come in, one after the other, and are answered in order.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pflow/loop.h"
#include "runtime/src/serve/http_message.h"
#include "runtime/src/serve/http_parser.h"

namespace pflow::serve {

class HttpConnection;

/// Who works on an answer that takes a while.
class Exchange {
 public:
  virtual ~Exchange() = default;
  /// The client is gone: nothing more may be written.
  virtual void left() = 0;
  /// What was written has been sent.
  virtual void has_room() {}
};

/// What a server does with requests and connections.
class HttpRouter {
 public:
  virtual ~HttpRouter() = default;
  /// Answers now, or later as the connection's exchange.
  virtual void answer(HttpConnection& connection) = 0;
  virtual void closed(HttpConnection& connection) = 0;
};

class HttpConnection {
 public:
  explicit HttpConnection(HttpRouter& router);

  /// Takes the connection that waits. False: there is none, and this is closed.
  bool accept(uv_stream_t* server);
  /// Refuses all it could ask: there are too many.
  void turn_away();
  /// Takes no further request; closes when none is being read or answered.
  void drain();
  void close();

  // ---- of the request in hand

  [[nodiscard]] const HttpIn& request() { return parser_->request(); }
  void set_exchange(Exchange* exchange) { exchange_ = exchange; }
  /// The whole answer.
  void respond(const HttpOut& out);
  /// An answer in pieces.
  void begin(const HttpOut& out);
  void write(std::string_view piece);
  void end();
  /// The client does not read as fast as is written.
  [[nodiscard]] bool is_full() const;

  HttpConnection* next = nullptr;  ///< of those of a server
  HttpConnection* before = nullptr;

 private:
  /// The client has to read or write that much within the time of `Settings::patience`.
  static constexpr size_t kLeast = 16 * 1024;

  void start();
  void received(const char* data, size_t len);
  void go_on();
  bool read_request();
  void refuse(int status);
  void start_reading();
  void stop_reading();
  void answered();
  void send(std::string bytes);
  void sent(size_t bytes, int failed);
  void finish();
  void look();
  void look_after(int64_t nanoseconds);
  [[nodiscard]] bool is_idle() const { return !busy_ && !parser_ && input_.empty(); }
  [[nodiscard]] uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&handle_); }

  HttpRouter& router_;
  uv_tcp_t handle_{};
  struct Watch {
    pf_timer timer{};
    HttpConnection* connection;
  } watch_{};
  std::string input_;                 ///< what is not yet parsed
  std::optional<HttpParser> parser_;  ///< of the request that is read or answered
  Exchange* exchange_ = nullptr;
  bool reads_ = false;
  bool busy_ = false;       ///< a request is being answered
  bool goes_on_ = false;    ///< within `go_on`
  bool keeps_ = true;       ///< the connection outlives this answer
  bool in_pieces_ = false;  ///< the answer in hand
  bool continued_ = false;  ///< the client was told to send the body
  bool lingers_ = false;    ///< all is said; what still comes is thrown away
  bool broken_ = false;     ///< nothing can be written any more
  bool closing_ = false;
  size_t unsent_ = 0;
  // Since the last look:
  size_t moved_ = 0;       ///< bytes that came or went
  bool was_slow_ = false;  ///< then a request was being read, or an answer sent
  int idle_looks_ = 0;
};

}  // namespace pflow::serve
