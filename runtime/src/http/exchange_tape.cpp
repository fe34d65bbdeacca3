// What an exchange tells the tape, and how it takes an answer from there.
#include "runtime/src/http/exchange.h"
#include "runtime/src/http/transport_error.h"
#include "runtime/src/values/row.h"

namespace pflow {
namespace {

/// `Name: value`, or `Name;` of an empty one.
HttpHeader header_in(const char* line) {
  size_t name = strcspn(line, ":;");
  const char* value = line[name] == ':' ? line + name + 2 : "";
  return {{line, name, nullptr}, rt::view(value)};
}

}  // namespace

HttpExchange::Goes HttpExchange::ask_tape() {
  played_ = nullptr;
  tape_ = recorded_ ? http_tape : nullptr;
  if (!tape_) return Goes::Out;
  rt::Row<HttpHeader> headers;
  for (curl_slist* line = lines_->next; line; line = line->next) headers.add(header_in(line->data));
  HttpHop hop{.method = method_.c_str(),
              .url = url_.text(),
              .headers = headers.data(),
              .header_count = headers.size(),
              .body = has_body_ ? body_.text() : pf_str{},
              .decoded = decoded_};
  HttpTurn turn = tape_->begin(hop);
  recording_ = turn.recording;
  played_ = turn.played;
  if (played_) return Goes::Played;
  if (!turn.problem) return Goes::Out;
  why_.clear();
  why_.add(turn.problem);
  help_.clear();
  help_.add(turn.help ? turn.help : "");
  fail(PF_E_CONFIG, why_.c_str());
  return Goes::Nowhere;
}

bool HttpExchange::play() {
  if (paused_) {
    held_ = true;
    return false;
  }
  rt::Buffer line;
  line.format("HTTP/1.1 %d", played_->status);
  received_.add_line(line.data(), line.size());
  for (size_t i = 0; i < played_->header_count; ++i) {
    line.clear();
    line.add(played_->headers[i].name);
    line.add(": ");
    line.add(played_->headers[i].value);
    received_.add_line(line.data(), line.size());
  }
  if (played_->body.len != 0 && !is_head()) take_body(played_->body.data, played_->body.len);
  return true;
}

bool HttpExchange::resume_playing() {
  bool held = held_;
  paused_ = held_ = false;
  return held;
}

bool HttpExchange::is_head() { return strcmp(method_.c_str(), "HEAD") == 0; }

void HttpExchange::end_recording(bool whole) {
  if (!recording_) return;
  // The proxy has answered, and not who was asked.
  if (received_.status() == kProxyWantsLogin) return drop_recording();
  with_head(
      [&](const HttpResponse& head) { tape_->end(recording_, head, received_.reason(), whole); });
  recording_ = nullptr;
}

void HttpExchange::stop_recording() {
  if (!recording_) return;
  // Who takes a body bit by bit has seen what came, and may have had enough.
  if (body_goes_ == Body::Sunk) return end_recording(false);
  drop_recording();
}

void HttpExchange::drop_recording() {
  tape_->drop(recording_);
  recording_ = nullptr;
}

}  // namespace pflow
