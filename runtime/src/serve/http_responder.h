/// A request in hand and where its answer goes, whichever version of HTTP carries them.
#pragma once

#include <string_view>

#include "runtime/src/serve/http_message.h"

namespace pflow::serve {

/// Who works on an answer that takes a while.
class Exchange {
 public:
  virtual ~Exchange() = default;
  /// The client is gone, or wants no answer any more: nothing more may be written.
  virtual void left() = 0;
  /// What was written has been sent.
  virtual void has_room() {}
  /// The server ends once all answers have: one that may take long can end early.
  virtual void drains() {}

  // Of a request whose body is taken as it comes.

  virtual void received(std::string_view piece) { (void)piece; }
  virtual void request_ended() {}
};

class HttpResponder {
 public:
  virtual ~HttpResponder() = default;

  /// Its body is there until the router has returned.
  [[nodiscard]] virtual const HttpIn& request() = 0;
  /// Whether the exchange hears of the body as it comes, after the router has returned.
  [[nodiscard]] virtual bool gives_pieces() const { return false; }
  void set_exchange(Exchange* exchange) { exchange_ = exchange; }

  /// The whole answer.
  virtual void respond(const HttpOut& out) = 0;
  /// An answer in pieces.
  virtual void begin(const HttpOut& out) = 0;
  virtual void write(std::string_view piece) = 0;
  virtual void end() = 0;
  /// The client does not read as fast as is written.
  [[nodiscard]] virtual bool is_full() const = 0;

 protected:
  Exchange* exchange_ = nullptr;
};

/// What a server does with requests.
class HttpRouter {
 public:
  virtual ~HttpRouter() = default;
  /// Answers now, or later as the responder's exchange.
  virtual void answer(HttpResponder& responder) = 0;
  /// Whether it wants the request as soon as its head is there, and the body as it comes: where
  /// HTTP has streams that go both ways.
  [[nodiscard]] virtual bool wants_pieces(const HttpIn& request) const {
    (void)request;
    return false;
  }
};

}  // namespace pflow::serve
