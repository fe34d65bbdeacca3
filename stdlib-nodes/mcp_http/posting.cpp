#include "posting.h"

#include <vector>

namespace pf_mcp {
namespace {

/// A longer message is not read.
constexpr size_t kLongest = size_t{64} << 20;
constexpr int kMostRedirects = 5;

std::string excerpt(std::string_view body) {
  constexpr size_t kShown = 200;
  std::string text;
  for (char c : body.substr(0, kShown)) text += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  if (pf_utf8_valid_prefix(text.data(), text.size()) + 3 < text.size()) return {};
  text.resize(pf_utf8_valid_prefix(text.data(), text.size()));
  return text;
}

}  // namespace

void Posting::start() {
  std::vector<pflow::HttpHeader> headers;
  headers.push_back({pflow::literal("Accept"),
                     pflow::literal(post_.text.empty() ? "text/event-stream"
                                                       : "application/json, text/event-stream")});
  if (!post_.text.empty())
    headers.push_back({pflow::literal("Content-Type"), pflow::literal("application/json")});
  for (const auto& [name, value] : post_.headers)
    headers.push_back({pflow::literal(name), pflow::literal(value)});
  static constexpr pflow::HttpSink kSink = {[](void* user, const pflow::HttpResponse& head) {
                                              return static_cast<Posting*>(user)->begin(head);
                                            },
                                            [](void* user, const char* data, size_t len) {
                                              return static_cast<Posting*>(user)->take({data, len});
                                            }};
  pflow::HttpRequest request;
  request.method = post_.method;
  request.url = pflow::literal(url_);
  request.headers = headers.data();
  request.header_count = headers.size();
  request.body = pflow::literal(post_.text);
  request.has_body = !post_.text.empty();
  request.max_redirects = kMostRedirects;
  request.timeout_ms = post_.timeout_ms;
  request.max_body = kLongest;
  request.sink = &kSink;
  request.encoded = false;
  exchange_ = pflow::http_start(
      request,
      [](void* user, const pflow::HttpResponse& response) {
        auto* posting = static_cast<Posting*>(user);
        posting->exchange_ = nullptr;
        if (posting->is_stream_) {
          posting->events_.finish();
          posting->take_events();
        }
        posting->heard_.ended(posting->heard_.user, *posting, response);
      },
      this);
}

void Posting::drop() {
  is_dropped_ = true;
  if (exchange_ != nullptr && !is_telling_) pflow::http_cancel(exchange_);
}

bool Posting::begin(const pflow::HttpResponse& head) {
  heard_.head(heard_.user, *this, head);
  const pf_str* type = pflow::http_header(head, "content-type");
  is_stream_ =
      head.status < 300 && type != nullptr && pflow::view(*type).starts_with("text/event-stream");
  return is_stream_;
}

bool Posting::take(std::string_view bytes) {
  size_ += bytes.size();
  if (size_ > kLongest) return false;
  events_.add(bytes);
  soon_.posting = this;
  if (soon_.place == 0)
    pf_timer_start(&soon_, 0, [](pf_timer* timer) {
      Posting* posting = static_cast<Alarm*>(timer)->posting;
      posting->take_events();
      if (posting->is_dropped_) posting->drop();
    });
  return true;
}

/// Events without data are signs of life.
void Posting::take_events() {
  is_telling_ = true;
  pf_models::StreamEvent event;
  while (!is_dropped_ && events_.next(event)) {
    size_ = 0;
    if (event.data.empty()) continue;
    Message message;
    if (message.read(event.data) && message.method().empty() &&
        (message.id() == nullptr || message.answers() == post_.id))
      has_answer_ = true;
    heard_.message(heard_.user, *this, event.data);
  }
  is_telling_ = false;
}

Failure refusal(const pflow::HttpResponse& response, bool has_headers) {
  Failure made{.kind = response.status == 429 ? PF_E_RATE_LIMIT : PF_E_HTTP,
               .did = "answered with HTTP " + std::to_string(response.status),
               .help = {},
               .status = response.status,
               .retry_after = pflow::http_retry_after(response)};
  if (const std::string body = excerpt(pflow::view(response.body)); !body.empty())
    made.did += ": " + body;
  if (response.status != 401 && response.status != 403) return made;
  if (const pf_str* wants = pflow::http_header(response, "www-authenticate"))
    made.did += " (" + excerpt(pflow::view(*wants)) + ")";
  made.help = has_headers ? "the key that is sent, `key` in the file of the server, is not taken"
                          : "`\"key\": \"NAME\"` in the file of the server, or `pflowc mcp add "
                            "--key NAME`, sends a key of keys.json";
  return made;
}

}  // namespace pf_mcp
