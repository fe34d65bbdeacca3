#include "runtime/src/serve/http1.h"

#include <boost/beast/http/status.hpp>
#include <ostream>  // which Boost's string_view wants
#include <utility>

#include "runtime/src/serve/call_errors.h"
#include "runtime/src/serve/server.h"

namespace pflow::serve {
namespace {

constexpr size_t kMostAhead = 64 * 1024;    ///< of further requests, while one is answered
constexpr size_t kMostUnsent = 256 * 1024;  ///< of an answer in pieces
constexpr size_t kKeptRoom = 8 * 1024;      ///< of a connection that waits

/// `length` of its body, nothing of an answer that comes in pieces.
std::string head_of(const HttpOut& out, std::optional<size_t> length, bool keeps) {
  const auto reason = boost::beast::http::obsolete_reason(
      boost::beast::http::int_to_status(static_cast<unsigned>(out.status)));
  std::string head = "HTTP/1.1 " + std::to_string(out.status) + " ";
  head.append(reason.data(), reason.size());
  head += "\r\n";
  each_header(out, length, [&](std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
  });
  if (!keeps) head += "Connection: close\r\n";
  return head;
}

}  // namespace

void Http1::turn_away() {
  keeps_ = false;
  busy_ = true;
  respond({.status = 503,
           .body = error_json("limit", "too many connections are open"),
           .headers = {{"Retry-After", "1"}}});
}

// ---- reading

void Http1::received(std::string_view bytes) {
  input_.append(bytes);
  if (busy_ && input_.size() > kMostAhead) connection_.stop_reading();
  go_on();
}

/// Answers requests as long as there are whole ones, and each is answered at once.
void Http1::go_on() {
  if (goes_on_) return;
  goes_on_ = true;
  while (!busy_ && !connection_.ends() && !input_.empty() && read_request()) {
    busy_ = true;
    router_.answer(*this);
  }
  goes_on_ = false;
  if (input_.empty() && input_.capacity() > kKeptRoom) std::string().swap(input_);
}

/// Whether a whole one is there.
bool Http1::read_request() {
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
  if (parser_->has_head() && !continued_ && awaits_word(parser_->request())) {
    continued_ = true;
    connection_.send("HTTP/1.1 100 Continue\r\n\r\n");
  }
  return false;
}

/// What comes behind it has no meaning.
void Http1::refuse(int status) {
  keeps_ = false;
  busy_ = true;
  respond({.status = status, .body = error_json("usage", refusal_of(status))});
}

// ---- writing

void Http1::respond(const HttpOut& out) {
  const bool bodiless = parser_ && parser_->request().method == "HEAD";
  if (is_draining()) keeps_ = false;
  std::string bytes = head_of(out, out.body.size(), keeps_) + "\r\n";
  if (!bodiless) bytes += out.body;
  connection_.send(std::move(bytes));
  answered();
}

/// A client of HTTP/1.0 knows no chunks: the end of the connection is that of the answer.
void Http1::begin(const HttpOut& out) {
  in_pieces_ = request().newer;
  if (!in_pieces_ || is_draining()) keeps_ = false;
  const std::string head = head_of(out, std::nullopt, keeps_);
  connection_.send(head + (in_pieces_ ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n"));
}

void Http1::write(std::string_view piece) {
  if (!in_pieces_) return connection_.send(std::string(piece));
  char size[24];
  snprintf(size, sizeof size, "%zx\r\n", piece.size());
  std::string chunk = size;
  chunk += piece;
  connection_.send(chunk + "\r\n");
}

void Http1::end() {
  if (in_pieces_) connection_.send("0\r\n\r\n");
  in_pieces_ = false;
  answered();
}

bool Http1::is_full() const { return connection_.unsent() > kMostUnsent; }

void Http1::answered() {
  busy_ = false;
  exchange_ = nullptr;
  parser_.reset();
  idle_looks_ = 0;
  if (connection_.ends()) return;
  if (!keeps_) return connection_.finish();
  connection_.start_reading();
  go_on();
}

void Http1::sent_all() {
  if (exchange_) exchange_->has_room();
}

// ---- the end

void Http1::look(size_t moved) {
  const bool reading = !busy_ && !is_idle();
  if (reading && was_reading_ && moved < kLeast) return refuse(408);
  was_reading_ = reading;
  if (is_idle() && ++idle_looks_ > kMostIdleLooks) connection_.close();
}

void Http1::drain() {
  if (is_idle()) connection_.unsent() == 0 ? connection_.close() : connection_.finish();
}

void Http1::left() {
  if (Exchange* exchange = std::exchange(exchange_, nullptr)) exchange->left();
}

}  // namespace pflow::serve
