#include "runtime/src/serve/http_connection.h"

#include <utility>

#include "pflow/timer.h"
#include "runtime/src/serve/call_errors.h"
#include "runtime/src/serve/server.h"
#include "runtime/src/serve/settings.h"

namespace pflow::serve {
namespace {

constexpr size_t kMostAhead = 64 * 1024;    ///< of further requests, while one is answered
constexpr size_t kMostUnsent = 256 * 1024;  ///< of an answer in pieces
constexpr size_t kKeptRoom = 8 * 1024;      ///< of a connection that waits
constexpr int kMostIdleLooks = 4;

/// All read into it, and use it up before another does.
char g_chunk[64 * 1024];

struct Written {
  uv_write_t request;
  std::string bytes;
};

std::string_view reason_of(int status) {
  switch (status) {
    case 408: return "the request came too slowly";
    case 413: return "the body of the request is too large";
    case 431: return "the head of the request is too large";
    case 505: return "HTTP/1.1 and HTTP/1.0 are spoken here";
    default: return "the request is no HTTP";
  }
}

}  // namespace

HttpConnection::HttpConnection(HttpRouter& router) : router_(router) {
  uv_tcp_init(pf_loop_uv(), &handle_);
  handle_.data = this;
  watch_.connection = this;
}

bool HttpConnection::accept(uv_stream_t* server) {
  if (uv_accept(server, stream()) != 0) {
    close();
    return false;
  }
  uv_tcp_nodelay(&handle_, 1);
  look();
  start_reading();
  return true;
}

void HttpConnection::turn_away() {
  keeps_ = false;
  busy_ = true;
  respond({.status = 503,
           .body = error_json("limit", "too many connections are open"),
           .headers = "Retry-After: 1\r\n"});
}

// ---- reading

void HttpConnection::start_reading() {
  if (reads_ || closing_) return;
  auto room = [](uv_handle_t*, size_t, uv_buf_t* out) {
    *out = uv_buf_init(g_chunk, sizeof g_chunk);
  };
  auto read = [](uv_stream_t* stream, ssize_t got, const uv_buf_t*) {
    auto* connection = static_cast<HttpConnection*>(stream->data);
    if (got > 0) return connection->received(g_chunk, static_cast<size_t>(got));
    if (got < 0) connection->close();
  };
  reads_ = uv_read_start(stream(), room, read) == 0;
}

void HttpConnection::stop_reading() {
  if (reads_) uv_read_stop(stream());
  reads_ = false;
}

void HttpConnection::received(const char* data, size_t len) {
  moved_ += len;
  if (lingers_) return;
  input_.append(data, len);
  if (busy_ && input_.size() > kMostAhead) stop_reading();
  go_on();
}

/// Answers requests as long as there are whole ones, and each is answered at once.
void HttpConnection::go_on() {
  if (goes_on_) return;
  goes_on_ = true;
  while (!busy_ && !closing_ && !lingers_ && !input_.empty() && read_request()) {
    busy_ = true;
    router_.answer(*this);
  }
  goes_on_ = false;
  if (input_.empty() && input_.capacity() > kKeptRoom) std::string().swap(input_);
}

/// Whether a whole one is there.
bool HttpConnection::read_request() {
  if (!parser_) {
    parser_.emplace();
    continued_ = false;
  }
  size_t taken = 0, more = 1;
  while (more != 0 && taken < input_.size() && !parser_->is_done() && parser_->problem() == 0) {
    more = parser_->take(std::string_view(input_).substr(taken));
    taken += more;
  }
  input_.erase(0, taken);
  if (parser_->problem() != 0) {
    refuse(parser_->problem());
    return false;
  }
  if (parser_->is_done()) {
    keeps_ = parser_->request().keeps;
    return true;
  }
  if (parser_->has_head() && parser_->request().expects && !continued_) {
    continued_ = true;
    send("HTTP/1.1 100 Continue\r\n\r\n");
  }
  return false;
}

/// What comes behind it has no meaning.
void HttpConnection::refuse(int status) {
  keeps_ = false;
  busy_ = true;
  respond({.status = status, .body = error_json("usage", reason_of(status))});
}

// ---- writing

void HttpConnection::respond(const HttpOut& out) {
  const bool bodiless = parser_ && parser_->request().method == "HEAD";
  if (is_draining()) keeps_ = false;
  std::string bytes = head_of(out, out.body.size(), keeps_);
  if (!bodiless) bytes += out.body;
  send(std::move(bytes));
  answered();
}

/// A client of HTTP/1.0 knows no chunks: the end of the connection is that of the answer.
void HttpConnection::begin(const HttpOut& out) {
  in_pieces_ = request().newer;
  if (!in_pieces_ || is_draining()) keeps_ = false;
  std::string head = head_of(out, std::nullopt, keeps_);
  if (!in_pieces_) {
    constexpr std::string_view kChunks = "Transfer-Encoding: chunked\r\n";
    head.erase(head.find(kChunks), kChunks.size());
  }
  send(std::move(head));
}

void HttpConnection::write(std::string_view piece) {
  if (!in_pieces_) return send(std::string(piece));
  char size[24];
  snprintf(size, sizeof size, "%zx\r\n", piece.size());
  std::string chunk = size;
  chunk += piece;
  send(chunk + "\r\n");
}

void HttpConnection::end() {
  if (in_pieces_) send("0\r\n\r\n");
  in_pieces_ = false;
  answered();
}

bool HttpConnection::is_full() const { return unsent_ > kMostUnsent; }

void HttpConnection::answered() {
  busy_ = false;
  exchange_ = nullptr;
  parser_.reset();
  idle_looks_ = 0;
  if (closing_) return;
  if (!keeps_) {
    if (unsent_ == 0) finish();
    return;
  }
  start_reading();
  go_on();
}

void HttpConnection::send(std::string bytes) {
  if (closing_) return;
  if (unsent_ == 0) {
    const uv_buf_t all = uv_buf_init(bytes.data(), static_cast<unsigned>(bytes.size()));
    const int went = uv_try_write(stream(), &all, 1);
    if (went == static_cast<int>(bytes.size())) return;
    if (went > 0) bytes.erase(0, static_cast<size_t>(went));
  }
  auto* written = new Written{{}, std::move(bytes)};
  written->request.data = this;
  unsent_ += written->bytes.size();
  const uv_buf_t rest =
      uv_buf_init(written->bytes.data(), static_cast<unsigned>(written->bytes.size()));
  auto done = [](uv_write_t* request, int failed) {
    auto* written = reinterpret_cast<Written*>(request);
    auto* connection = static_cast<HttpConnection*>(request->data);
    const size_t bytes = written->bytes.size();
    delete written;
    connection->sent(bytes, failed);
  };
  if (uv_write(&written->request, stream(), &rest, 1, done) == 0) return;
  unsent_ -= written->bytes.size();
  delete written;
  // Who writes is not to be told within its own call.
  broken_ = true;
  look_after(0);
}

void HttpConnection::sent(size_t bytes, int failed) {
  unsent_ -= bytes;
  moved_ += bytes;
  if (failed) return close();
  if (unsent_ != 0 || closing_) return;
  if (busy_) {
    if (exchange_) exchange_->has_room();
  } else if (!keeps_) {
    finish();
  }
}

// ---- the end

/// Says that nothing more comes, and listens for the client's end: closed at once, it might not
/// get to read what it was told.
void HttpConnection::finish() {
  if (lingers_ || closing_) return;
  lingers_ = true;
  auto* request = new uv_shutdown_t;
  auto done = [](uv_shutdown_t* ended, int) { delete ended; };
  if (uv_shutdown(request, stream(), done) != 0) {
    delete request;
    return close();
  }
  start_reading();
}

void HttpConnection::drain() {
  if (is_idle() && unsent_ == 0) close();
}

void HttpConnection::close() {
  if (closing_) return;
  closing_ = true;
  pf_timer_stop(&watch_.timer);
  if (Exchange* exchange = std::exchange(exchange_, nullptr)) exchange->left();
  uv_close(reinterpret_cast<uv_handle_t*>(&handle_), [](uv_handle_t* handle) {
    auto* connection = static_cast<HttpConnection*>(handle->data);
    connection->router_.closed(*connection);
    delete connection;
    server_looks();
  });
}

/// Now and then: who is too slow is cut, so is who only waits.
void HttpConnection::look() {
  if (broken_) return close();
  const bool reading = !busy_ && (parser_ || !input_.empty());
  const bool is_slow = reading || unsent_ != 0 || lingers_;
  if (is_slow && was_slow_ && moved_ < kLeast) {
    if (!reading || unsent_ != 0 || lingers_) return close();
    refuse(408);
  }
  if (is_idle() && ++idle_looks_ > kMostIdleLooks) return close();
  was_slow_ = is_slow;
  moved_ = 0;
  if (!closing_) look_after(settings().patience);
}

void HttpConnection::look_after(int64_t nanoseconds) {
  pf_timer_start(&watch_.timer, nanoseconds,
                 [](pf_timer* timer) { reinterpret_cast<Watch*>(timer)->connection->look(); });
}

}  // namespace pflow::serve
