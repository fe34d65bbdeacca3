#include "runtime/src/serve/http_mcp.h"

#include <optional>

#include "pflow/loop.h"
#include "pflow/node.hpp"
#include "runtime/src/serve/http_flow.h"
#include "runtime/src/serve/mcp.h"

namespace pflow::serve {
namespace {

constexpr std::string_view kEvents = "text/event-stream";

std::optional<std::string> text_of(const HttpIn& request, std::string_view header) {
  const auto value = request.header(header);
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

/// A name that no header could hold is in base64.
std::optional<std::string> name_of(const HttpIn& request) {
  constexpr std::string_view kBegin = "=?base64?", kEnd = "?=";
  std::optional<std::string> name = text_of(request, "mcp-name");
  if (!name || !name->starts_with(kBegin) || !name->ends_with(kEnd) ||
      name->size() < kBegin.size() + kEnd.size())
    return name;
  const pf_str coded = literal(
      std::string_view(*name).substr(kBegin.size(), name->size() - kBegin.size() - kEnd.size()));
  pf_str bytes{};
  size_t offset = 0;
  if (pf_base64_decode(&coded, &bytes, &offset)) return name;
  return std::string(Text(bytes).view());
}

McpHeaders headers_of(const HttpIn& request) {
  return {text_of(request, "mcp-protocol-version"), text_of(request, "mcp-method"),
          name_of(request), text_of(request, "mcp-session-id").value_or("")};
}

/// Nothing is kept for a session: it tells the requests of clients apart, which may have the same
/// ids.
std::string new_session() {
  unsigned char bytes[16];
  uv_random(nullptr, nullptr, bytes, sizeof bytes, 0, nullptr);
  std::string name;
  for (unsigned char byte : bytes) {
    name += "0123456789abcdef"[byte >> 4];
    name += "0123456789abcdef"[byte & 15];
  }
  return name;
}

class McpExchange final : public McpPeer, public Exchange {
 public:
  explicit McpExchange(HttpResponder& responder)
      : responder_(responder), takes_events_(asks_for(responder.request(), kEvents)) {}

  void start(const pf_program& program) {
    responder_.set_exchange(this);
    is_starting_ = true;
    const HttpIn& request = responder_.request();
    const McpHeaders headers = headers_of(request);
    const bool answers = take_mcp_message(program, request.body, &headers, *this);
    if (!answers && !has_ended_) end({.status = 202, .type = ""});
    is_starting_ = false;
    if (has_ended_) delete this;
  }

  void answer(std::string message, int status) override {
    if (!began_) return end({.status = status, .body = std::move(message), .headers = session_});
    send_event(message);
    responder_.set_exchange(nullptr);
    responder_.end();
    leave();
  }

  void notify(std::string message) override {
    if (!takes_events_) return;
    if (!began_) responder_.begin({.type = kEvents, .headers = session_});
    began_ = true;
    send_event(message);
  }

  void begins_session() override { session_ = {{"Mcp-Session-Id", new_session()}}; }

  void gets_no_answer() override {
    if (!began_) return end({.status = 202, .type = ""});
    responder_.set_exchange(nullptr);
    responder_.end();
    leave();
  }

  void left() override {
    leave_mcp_peer(*this);
    leave();
  }

 private:
  void send_event(const std::string& message) {
    responder_.write("event: message\ndata: " + message + "\n\n");
  }
  void end(const HttpOut& out) {
    responder_.set_exchange(nullptr);
    responder_.respond(out);
    leave();
  }
  void leave() {
    has_ended_ = true;
    if (!is_starting_) delete this;
  }

  HttpResponder& responder_;
  const bool takes_events_;
  HttpHeaders session_;  ///< of the answer
  bool began_ = false;
  bool is_starting_ = false;
  bool has_ended_ = false;
};

}  // namespace

void answer_mcp(HttpResponder& responder, const pf_program& program) {
  if (auto no_json = no_json_body(responder.request())) return responder.respond(*no_json);
  (new McpExchange(responder))->start(program);
}

}  // namespace pflow::serve
