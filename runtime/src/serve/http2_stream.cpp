#include "runtime/src/serve/http2_stream.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "runtime/src/serve/call_errors.h"
#include "runtime/src/serve/http_protocol.h"
#include "runtime/src/serve/settings.h"

namespace pflow::serve {
namespace {

constexpr size_t kMostUnsent = 64 * 1024;  ///< of an answer in pieces
constexpr size_t kFieldCost = 32;          ///< of a header beside its bytes, as HTTP/2 counts

nghttp2_nv field(std::string_view name, std::string_view value) {
  // Both are copied.
  auto bytes = [](std::string_view text) {
    return reinterpret_cast<uint8_t*>(const_cast<char*>(text.data()));
  };
  return {bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE};
}

std::string lower(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace

// ---- the request

/// What HTTP/2 calls the authority is the header `Host` of HTTP/1.
void Http2Stream::take_header(std::string_view name, std::string_view value) {
  if (has_head_) return;  // trailers mean nothing here
  moved_ += name.size() + value.size();
  head_size_ += name.size() + value.size() + kFieldCost;
  if (head_size_ > kMostHead) problem_ = 431;
  if (problem_ != 0) return;
  if (name == ":method") {
    request_.method = value;
  } else if (name == ":path") {
    request_.target = value;
  } else if (name == ":authority" || name == "host") {
    const auto host = request_.header("host");
    if (!host) request_.headers.emplace_back("host", value);
    if (host && !same_word(*host, value)) problem_ = 400;
  } else if (!name.starts_with(':')) {
    request_.headers.emplace_back(name, value);
  }
}

void Http2Stream::end_head() {
  has_head_ = true;
  if (problem_ != 0) return refuse(problem_);
  if (is_whole_ || !awaits_word(request_)) return;
  const nghttp2_nv go_on = field(":status", "100");
  nghttp2_submit_headers(session_, NGHTTP2_FLAG_NONE, id_, nullptr, &go_on, 1, nullptr);
}

void Http2Stream::take_body(std::string_view bytes) {
  moved_ += bytes.size();
  if (is_refused_) return;
  held_ += bytes.size();
  request_.body += bytes;
  if (request_.body.size() > settings().body) refuse(413);
}

void Http2Stream::go_on(HttpRouter& router) {
  if (!is_answered_) {
    is_answered_ = true;
    router.answer(*this);
  }
  const std::string piece = std::exchange(request_.body, {});
  if (!gives_pieces_) return;
  if (exchange_ && !piece.empty()) exchange_->received(piece);
  if (exchange_ && is_whole_) exchange_->request_ended();
  widen();
}

void Http2Stream::widen() {
  if (held_ != 0) nghttp2_session_consume_stream(session_, id_, std::exchange(held_, 0));
}

/// What still comes of it is thrown away.
void Http2Stream::refuse(int status) {
  is_refused_ = true;
  drop_body();
  respond({.status = status, .body = error_json("usage", refusal_of(status))});
}

// ---- the answer

void Http2Stream::respond(const HttpOut& out) {
  ends_ = true;
  const bool has_body = request_.method != "HEAD" && !out.body.empty();
  if (has_body) unsent_ = out.body;
  submit(out, out.body.size(), has_body);
}

void Http2Stream::begin(const HttpOut& out) { submit(out, std::nullopt, true); }

void Http2Stream::submit(const HttpOut& out, std::optional<size_t> length, bool has_body) {
  HttpHeaders headers = {{":status", std::to_string(out.status)}};
  each_header(out, length, [&](std::string_view name, std::string_view value) {
    headers.emplace_back(lower(name), value);
  });
  std::vector<nghttp2_nv> fields;
  for (const auto& [name, value] : headers) fields.push_back(field(name, value));
  const nghttp2_data_provider body = {
      {.ptr = this},
      [](nghttp2_session*, int32_t, uint8_t* to, size_t room, uint32_t* flags,
         nghttp2_data_source* source,
         void*) { return static_cast<Http2Stream*>(source->ptr)->read(to, room, *flags); }};
  nghttp2_submit_response(session_, id_, fields.data(), fields.size(), has_body ? &body : nullptr);
  output_.has_frames();
}

void Http2Stream::write(std::string_view piece) {
  unsent_ += piece;
  nghttp2_session_resume_data(session_, id_);
  output_.has_frames();
}

void Http2Stream::end() {
  ends_ = true;
  nghttp2_session_resume_data(session_, id_);
  output_.has_frames();
}

bool Http2Stream::is_full() const { return unsent_.size() - sent_ > kMostUnsent; }

ssize_t Http2Stream::read(uint8_t* to, size_t room, uint32_t& flags) {
  const size_t taken = std::min(room, unsent_.size() - sent_);
  memcpy(to, unsent_.data() + sent_, taken);
  sent_ += taken;
  moved_ += taken;
  if (has_unsent()) return static_cast<ssize_t>(taken);
  unsent_.clear();
  sent_ = 0;
  if (ends_)
    flags |= NGHTTP2_DATA_FLAG_EOF;
  else if (taken == 0)
    return NGHTTP2_ERR_DEFERRED;
  return static_cast<ssize_t>(taken);
}

void Http2Stream::tell_room() {
  if (exchange_ && !has_unsent()) exchange_->has_room();
}

void Http2Stream::leave() {
  if (Exchange* exchange = std::exchange(exchange_, nullptr)) exchange->left();
}

void Http2Stream::drain() {
  if (exchange_) exchange_->drains();
}

// ---- its client

/// Sends the rest of its request, or takes what is there of the answer: both as far as it has been
/// given room for it, and has given room.
bool Http2Stream::waits_for_client() const {
  if (!is_whole_ && !is_refused_ && !gives_pieces_) return held_ == 0;
  return has_unsent() && (nghttp2_session_get_stream_remote_window_size(session_, id_) <= 0 ||
                          nghttp2_session_get_remote_window_size(session_) <= 0);
}

bool Http2Stream::look() {
  const bool waits = waits_for_client();
  const bool is_slow = waits && was_waiting_ && moved_ < HttpProtocol::kLeast;
  was_waiting_ = waits;
  moved_ = 0;
  if (!is_slow) return true;
  if (!has_head_) return false;
  if (!is_whole_ && !is_refused_ && !gives_pieces_)
    refuse(408);
  else
    nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id_, NGHTTP2_CANCEL);
  return true;
}

}  // namespace pflow::serve
