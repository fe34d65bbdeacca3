#include "runtime/src/serve/http2.h"

#include <utility>

#include "pflow/loop.h"
#include "runtime/src/serve/settings.h"

namespace pflow::serve {
namespace {

constexpr uint32_t kMostStreams = 100;       ///< of a connection, at once
constexpr int32_t kRoom = 1 << 20;           ///< for bodies of all streams that are under way
constexpr size_t kMostBatch = 64 * 1024;     ///< of frames in one write
constexpr size_t kMostFramesWaiting = 1000;  ///< for a client that does not read

std::string_view text(const uint8_t* bytes, size_t len) {
  return {reinterpret_cast<const char*>(bytes), len};
}

bool has_end(const nghttp2_frame& frame) {
  return (frame.hd.type == NGHTTP2_HEADERS || frame.hd.type == NGHTTP2_DATA) &&
         (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
}

bool asks_for_nothing(const nghttp2_frame_hd& head) {
  const bool has_data = head.type == NGHTTP2_DATA && head.length != 0;
  return head.type != NGHTTP2_HEADERS && !has_data;
}

}  // namespace

/// What nghttp2 tells; `user` is the connection.
struct Http2Events {
  static Http2& of(void* user) { return *static_cast<Http2*>(user); }

  /// Null: it is closed, or was refused.
  static Http2Stream* stream(nghttp2_session* session, int32_t id) {
    return static_cast<Http2Stream*>(nghttp2_session_get_stream_user_data(session, id));
  }

  static int begin_headers(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    if (frame->headers.cat == NGHTTP2_HCAT_REQUEST) of(user).add_stream(frame->hd.stream_id);
    return 0;
  }

  static int header(nghttp2_session* session, const nghttp2_frame* frame, const uint8_t* name,
                    size_t name_len, const uint8_t* value, size_t value_len, uint8_t, void*) {
    if (Http2Stream* at = stream(session, frame->hd.stream_id))
      at->take_header(text(name, name_len), text(value, value_len));
    return 0;
  }

  static int data(nghttp2_session* session, uint8_t, int32_t id, const uint8_t* bytes, size_t len,
                  void* user) {
    nghttp2_session_consume_connection(session, len);
    if (Http2Stream* at = stream(session, id)) at->take_body(text(bytes, len));
    of(user).widen();
    return 0;
  }

  /// Of every frame, also of those that the session passes over, as it does priorities.
  static int begin_frame(nghttp2_session*, const nghttp2_frame_hd* head, void* user) {
    if (asks_for_nothing(*head)) of(user).spend_allowance();
    return 0;
  }

  static int frame_came(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
    Http2Stream* at = stream(session, frame->hd.stream_id);
    if (!at) return 0;
    if (has_end(*frame)) at->end_request();
    const bool is_head = frame->hd.type == NGHTTP2_HEADERS;
    if (is_head && frame->headers.cat == NGHTTP2_HCAT_REQUEST) {
      at->end_head();
      if (of(user).router_.wants_pieces(at->request())) at->give_pieces();
    }
    const bool is_news = has_end(*frame) || at->gives_pieces();
    if (is_news && at->is_ready()) of(user).ready_.push_back(at->id());
    return 0;
  }

  static int frame_broke(nghttp2_session*, const nghttp2_frame* frame, int, void* user) {
    if (!asks_for_nothing(frame->hd)) of(user).spend_allowance();  // else it did as it began
    return 0;
  }

  /// What is answered before it was whole need not come any more.
  static int frame_went(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
    if (frame->hd.type == NGHTTP2_DATA) of(user).allowance_.earn(Http2Allowance::kOfData);
    const int32_t id = frame->hd.stream_id;
    const Http2Stream* at = has_end(*frame) ? stream(session, id) : nullptr;
    if (at && !at->is_whole())
      nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, id, NGHTTP2_NO_ERROR);
    return 0;
  }

  static int stream_closed(nghttp2_session* session, int32_t id, uint32_t error, void* user) {
    if (error == NGHTTP2_NO_ERROR) of(user).allowance_.earn(Http2Allowance::kOfAnswer);
    if (Http2Stream* at = stream(session, id)) of(user).remove_stream(*at);
    return 0;
  }
};

namespace {

nghttp2_session* new_session(Http2& user) {
  nghttp2_session_callbacks* events = nullptr;
  nghttp2_session_callbacks_new(&events);
  nghttp2_session_callbacks_set_on_begin_headers_callback(events, Http2Events::begin_headers);
  nghttp2_session_callbacks_set_on_header_callback(events, Http2Events::header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(events, Http2Events::data);
  nghttp2_session_callbacks_set_on_begin_frame_callback(events, Http2Events::begin_frame);
  nghttp2_session_callbacks_set_on_frame_recv_callback(events, Http2Events::frame_came);
  nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(events, Http2Events::frame_broke);
  nghttp2_session_callbacks_set_on_frame_send_callback(events, Http2Events::frame_went);
  nghttp2_session_callbacks_set_on_stream_close_callback(events, Http2Events::stream_closed);
  nghttp2_option* options = nullptr;
  nghttp2_option_new(&options);
  nghttp2_option_set_no_auto_window_update(options, 1);
  nghttp2_session* session = nullptr;
  nghttp2_session_server_new2(&session, events, &user, options);
  nghttp2_option_del(options);
  nghttp2_session_callbacks_del(events);
  return session;
}

}  // namespace

Http2::Http2(HttpConnection& connection, HttpRouter& router)
    : connection_(connection),
      router_(router),
      session_(new_session(*this)),
      allowance_(uv_now(pf_loop_uv())) {
  soon_.http2 = this;
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, kMostStreams},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, kMostHead},
      {NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1}};
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings, std::size(settings));
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, kRoom);
}

Http2::~Http2() {
  nghttp2_session_del(session_);
  for (Http2Stream* at = first_; at;) delete std::exchange(at, at->next);
}

// ---- streams

void Http2::add_stream(int32_t id) {
  auto* stream = new Http2Stream(session_, id, *this);
  nghttp2_session_set_stream_user_data(session_, id, stream);
  stream->before = last_;
  (last_ ? last_->next : first_) = stream;
  last_ = stream;
}

void Http2::remove_stream(Http2Stream& stream) {
  (stream.before ? stream.before->next : first_) = stream.next;
  (stream.next ? stream.next->before : last_) = stream.before;
  idle_looks_ = 0;
  stream.leave();
  delete &stream;
}

void Http2::leave_streams() {
  for (Http2Stream* at = first_; at; at = at->next) at->leave();
}

// ---- reading

void Http2::received(std::string_view bytes) {
  busy_ = true;
  const ssize_t taken = nghttp2_session_mem_recv(
      session_, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  if (taken >= 0) answer_ready();
  busy_ = false;
  if (taken < 0) return connection_.close();
  flush();
}

/// A body may always come when it is the oldest one; others may, too, as long as all of them
/// together are no larger than one may be.
void Http2::widen() {
  size_t all = 0;
  for (const Http2Stream* at = first_; at; at = at->next) all += at->partial_body();
  bool is_oldest = true;
  for (Http2Stream* at = first_; at; at = at->next) {
    if (at->partial_body() == 0) continue;
    if (is_oldest || all < settings().body) at->widen();
    is_oldest = false;
  }
}

/// After all that has come: what was cancelled meanwhile is not begun.
void Http2::answer_ready() {
  for (const int32_t id : std::exchange(ready_, {})) {
    Http2Stream* stream = Http2Events::stream(session_, id);
    if (stream) stream->go_on(router_);
  }
  widen();
}

void Http2::spend_allowance() {
  if (!allowance_.spend(uv_now(pf_loop_uv()))) end(NGHTTP2_ENHANCE_YOUR_CALM);
}

// ---- writing

void Http2::has_frames() {
  if (busy_) return;
  pf_timer_start(&soon_.timer, 0,
                 [](pf_timer* timer) { reinterpret_cast<Soon*>(timer)->http2->flush(); });
}

void Http2::flush() {
  if (busy_ || connection_.ends()) return;
  busy_ = true;
  send_frames();
  busy_ = false;
  if (!nghttp2_session_want_read(session_) && !nghttp2_session_want_write(session_)) {
    leave_streams();
    return connection_.finish();
  }
  if (nghttp2_session_get_outbound_queue_size(session_) > kMostFramesWaiting)
    connection_.stop_reading();
  for (Http2Stream* at = first_; at; at = at->next) at->tell_room();
}

/// As much as the client takes at once; the rest stays in the streams.
void Http2::send_frames() {
  while (connection_.unsent() == 0) {
    std::string batch;
    while (batch.size() < kMostBatch) {
      const uint8_t* bytes = nullptr;
      const ssize_t size = nghttp2_session_mem_send(session_, &bytes);
      if (size <= 0) break;
      batch += text(bytes, static_cast<size_t>(size));
    }
    if (batch.empty()) return;
    connection_.send(std::move(batch));
  }
}

void Http2::sent_all() {
  connection_.start_reading();
  flush();
}

// ---- the end

void Http2::end(uint32_t error) { nghttp2_session_terminate_session(session_, error); }

void Http2::look(size_t) {
  busy_ = true;
  for (Http2Stream* at = first_; at; at = at->next)
    if (!at->look()) end(NGHTTP2_ENHANCE_YOUR_CALM);
  if (!first_ && ++idle_looks_ > kMostIdleLooks) end(NGHTTP2_NO_ERROR);
  busy_ = false;
  flush();
}

/// Streams that have begun go on, others the client may ask another server.
void Http2::drain() {
  nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE,
                        nghttp2_session_get_last_proc_stream_id(session_), NGHTTP2_NO_ERROR,
                        nullptr, 0);
  for (Http2Stream* at = first_; at; at = at->next) at->drain();
  flush();
  if (!first_ && connection_.unsent() == 0) connection_.close();
}

void Http2::left() {
  pf_timer_stop(&soon_.timer);
  leave_streams();
}

}  // namespace pflow::serve
