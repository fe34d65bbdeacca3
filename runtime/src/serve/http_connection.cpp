#include "runtime/src/serve/http_connection.h"

#include <utility>

#include "pflow/timer.h"
#include "runtime/src/serve/server.h"
#include "runtime/src/serve/settings.h"

namespace pflow::serve {
namespace {

/// What a client of HTTP/2 sends first.
constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// All read into it, and use it up before another does.
char g_chunk[64 * 1024];

struct Written {
  uv_write_t request;
  std::string bytes;
};

}  // namespace

HttpConnection::HttpConnection(HttpKeeper& keeper) : keeper_(keeper) {
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

// ---- reading

void HttpConnection::start_reading() {
  if (reads_ || closing_) return;
  auto room = [](uv_handle_t*, size_t, uv_buf_t* out) {
    *out = uv_buf_init(g_chunk, sizeof g_chunk);
  };
  auto read = [](uv_stream_t* stream, ssize_t got, const uv_buf_t*) {
    auto* connection = static_cast<HttpConnection*>(stream->data);
    if (got > 0) return connection->received({g_chunk, static_cast<size_t>(got)});
    if (got < 0) connection->close();
  };
  reads_ = uv_read_start(stream(), room, read) == 0;
}

void HttpConnection::stop_reading() {
  if (reads_) uv_read_stop(stream());
  reads_ = false;
}

void HttpConnection::received(std::string_view bytes) {
  moved_ += bytes.size();
  if (lingers_) return;
  if (is_chosen_) return protocol_->received(bytes);
  choose(bytes);
}

/// A request of HTTP/1 begins with another word, often with its first letter.
void HttpConnection::choose(std::string_view bytes) {
  first_ += bytes;
  if (kPreface.starts_with(first_) && first_.size() < kPreface.size()) return;
  is_chosen_ = true;
  const std::string first = std::exchange(first_, {});
  if (first.starts_with(kPreface)) keeper_.begins_http2(*this);
  protocol_->received(first);
}

// ---- writing

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
  if (unsent_ == 0 && !ends()) protocol_->sent_all();
}

// ---- the end

/// Says that nothing more comes, and listens for the client's end: closed at once, it might not
/// get to read what it was told.
void HttpConnection::finish() {
  if (ends()) return;
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
  if (!ends()) return protocol_->drain();
  if (unsent_ == 0) close();
}

void HttpConnection::close() {
  if (closing_) return;
  closing_ = true;
  pf_timer_stop(&watch_.timer);
  protocol_->left();
  uv_close(reinterpret_cast<uv_handle_t*>(&handle_), [](uv_handle_t* handle) {
    auto* connection = static_cast<HttpConnection*>(handle->data);
    connection->keeper_.closed(*connection);
    delete connection;
    server_looks();
  });
}

/// Now and then: who is too slow is cut, so is who only waits.
void HttpConnection::look() {
  if (broken_) return close();
  const bool is_stuck = unsent_ != 0 || lingers_;
  if (is_stuck && was_stuck_ && moved_ < HttpProtocol::kLeast) return close();
  was_stuck_ = is_stuck;
  if (!lingers_) protocol_->look(std::exchange(moved_, 0));
  moved_ = 0;
  if (!closing_) look_after(settings().patience);
}

void HttpConnection::look_after(int64_t nanoseconds) {
  pf_timer_start(&watch_.timer, nanoseconds,
                 [](pf_timer* timer) { reinterpret_cast<Watch*>(timer)->connection->look(); });
}

}  // namespace pflow::serve
