/// A stream of HTTP/2: one request, and the answer to it.
#pragma once

#include <nghttp2/nghttp2.h>

#include <optional>
#include <string>
#include <string_view>

#include "runtime/src/serve/http_responder.h"

namespace pflow::serve {

/// Where the frames of streams go out.
class Http2Output {
 public:
  virtual ~Http2Output() = default;
  /// The session has some, which go once who writes has returned: then the stream may end.
  virtual void has_frames() = 0;
};

class Http2Stream final : public HttpResponder {
 public:
  Http2Stream(nghttp2_session* session, int32_t id, Http2Output& output)
      : session_(session), id_(id), output_(output) {}

  [[nodiscard]] int32_t id() const { return id_; }

  // ---- the request, as it comes

  void take_header(std::string_view name, std::string_view value);
  /// All headers are there; a request that cannot be answered is refused.
  void end_head();
  void take_body(std::string_view bytes);
  /// The request is whole.
  void end_request() { is_whole_ = true; }
  [[nodiscard]] bool is_whole() const { return is_whole_; }
  /// The body is not waited for, but given to the exchange as it comes.
  void give_pieces() { gives_pieces_ = true; }
  [[nodiscard]] bool gives_pieces() const override { return gives_pieces_; }
  /// It is to be answered by the router, or its exchange is to hear of the body.
  [[nodiscard]] bool is_ready() const { return (is_whole_ || gives_pieces_) && !is_refused_; }
  /// Bytes of a body that is not whole yet.
  [[nodiscard]] size_t partial_body() const {
    return is_whole_ || gives_pieces_ ? 0 : request_.body.size();
  }
  /// The router answers, or its exchange hears of what has come.
  void go_on(HttpRouter& router);
  /// The client may send as much again as it has sent.
  void widen();

  // ---- the answer

  const HttpIn& request() override { return request_; }
  void respond(const HttpOut& out) override;
  void begin(const HttpOut& out) override;
  void write(std::string_view piece) override;
  void end() override;
  [[nodiscard]] bool is_full() const override;

  /// Fills a frame; what nghttp2 wants to hear of it.
  ssize_t read(uint8_t* to, size_t room, uint32_t& flags);
  /// Who works on the answer hears of the room that there is.
  void tell_room();
  /// The client wants no answer any more.
  void leave();
  /// Who works on the answer hears that the server ends.
  void drain();

  /// Once each patience: ends a stream whose client is too slow. False: its head is, and nothing
  /// else can come on the connection meanwhile.
  [[nodiscard]] bool look();

  Http2Stream* next = nullptr;  ///< of those of a connection, oldest first
  Http2Stream* before = nullptr;

 private:
  void drop_body() { std::string().swap(request_.body); }
  void refuse(int status);
  void submit(const HttpOut& out, std::optional<size_t> length, bool has_body);
  [[nodiscard]] bool has_unsent() const { return sent_ < unsent_.size(); }
  [[nodiscard]] bool waits_for_client() const;

  nghttp2_session* session_;
  const int32_t id_;
  Http2Output& output_;
  HttpIn request_;
  size_t head_size_ = 0;
  int problem_ = 0;  ///< the status of an answer that refuses it
  bool has_head_ = false;
  bool is_whole_ = false;
  bool is_refused_ = false;
  bool gives_pieces_ = false;
  bool is_answered_ = false;  ///< by the router, now or later
  size_t held_ = 0;           ///< bytes of the body for which the client has no room again yet
  std::string unsent_;        ///< of the answer
  size_t sent_ = 0;           ///< of these
  bool ends_ = false;         ///< with that, the answer is whole
  // Since the last look:
  size_t moved_ = 0;
  bool was_waiting_ = false;
};

}  // namespace pflow::serve
