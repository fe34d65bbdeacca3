/// HTTP/1.1 and HTTP/1.0: requests come in, one after the other, and are answered in order.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/src/serve/http_connection.h"
#include "runtime/src/serve/http_parser.h"
#include "runtime/src/serve/http_protocol.h"
#include "runtime/src/serve/http_responder.h"

namespace pflow::serve {

class Http1 final : public HttpProtocol, public HttpResponder {
 public:
  Http1(HttpConnection& connection, HttpRouter& router)
      : connection_(connection), router_(router) {}

  void received(std::string_view bytes) override;
  void sent_all() override;
  void look(size_t moved) override;
  void drain() override;
  void left() override;

  const HttpIn& request() override { return parser_->request(); }
  void respond(const HttpOut& out) override;
  void begin(const HttpOut& out) override;
  void write(std::string_view piece) override;
  void end() override;
  [[nodiscard]] bool is_full() const override;

  /// Refuses all that the client could ask: there are too many connections.
  void turn_away();

 private:
  void go_on();
  bool read_request();
  void refuse(int status);
  void answered();
  [[nodiscard]] bool is_idle() const { return !busy_ && !parser_ && input_.empty(); }

  HttpConnection& connection_;
  HttpRouter& router_;
  std::string input_;                 ///< what is not yet parsed
  std::optional<HttpParser> parser_;  ///< of the request that is read or answered
  bool busy_ = false;                 ///< a request is being answered
  bool goes_on_ = false;              ///< within `go_on`
  bool keeps_ = true;                 ///< the connection outlives this answer
  bool in_pieces_ = false;            ///< the answer in hand
  bool continued_ = false;            ///< the client was told to send the body
  bool was_reading_ = false;          ///< at the last look
  int idle_looks_ = 0;
};

}  // namespace pflow::serve
