#include "runtime/src/serve/mcp_call.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "pflow/node.hpp"
#include "pflow/timer.h"
#include "runtime/src/serve/arguments.h"
#include "runtime/src/serve/call_errors.h"
#include "runtime/src/serve/calls.h"
#include "runtime/src/serve/flows.h"
#include "runtime/src/serve/json_rpc.h"
#include "runtime/src/serve/results.h"
#include "runtime/src/serve/settings.h"
#include "runtime/src/serve/stages.h"

namespace pflow::serve {
namespace {

namespace json = boost::json;

json::array text_content(std::string_view text) {
  return {json::object{{"type", "text"}, {"text", text}}};
}

class McpCall final : public Caller {
 public:
  McpCall(const pf_program& program, McpRequest request, const pf_served& flow, McpPeer& peer)
      : program_(program), request_(std::move(request)), flow_(flow), peer_(peer) {}

  void start(const Arguments& arguments, const json::value* progress_token);
  [[nodiscard]] bool is(std::string_view session, const json::value& id) const {
    return request_.session == session && request_.id == id;
  }
  [[nodiscard]] McpPeer* peer() const { return &peer_; }
  /// It gets no answer.
  void leave();
  void fail(const std::string& text);

  void done(const pf_frame& run) override;
  void failed(const rt::Failure& failure) override { fail(error_text(failure)); }
  bool take(std::string_view item) override;
  void progressed(std::string_view what) override;

 private:
  void answer(json::object result);

  const pf_program& program_;
  McpRequest request_;
  const pf_served& flow_;
  McpPeer& peer_;
  FlowCall* call_ = nullptr;
  json::value progress_token_;
  int64_t progress_ = 0;
  int64_t next_progress_ = 0;
  std::string items_ = "[";  ///< of a stream so far
  bool is_starting_ = false;
  bool has_ended_ = false;
};

std::vector<McpCall*> g_calls;

void McpCall::start(const Arguments& arguments, const json::value* progress_token) {
  if (progress_token) {
    progress_token_ = *progress_token;
    tell_stages();
  }
  g_calls.push_back(this);
  is_starting_ = true;
  call_ = start_call(flow_, arguments, *this);
  is_starting_ = false;
  if (has_ended_) delete this;
}

void McpCall::leave() {
  std::erase(g_calls, this);
  if (call_) leave_call(*call_);
  delete this;
}

void McpCall::answer(json::object result) {
  std::erase(g_calls, this);
  finish_result(result, request_, program_);
  peer_.answer(rpc_result(request_.id, std::move(result)), 200);
  has_ended_ = true;
  if (!is_starting_) delete this;
}

void McpCall::fail(const std::string& text) {
  answer({{"content", text_content(text)}, {"isError", true}});
}

void McpCall::done(const pf_frame& run) {
  const bool streams = stream_item(flow_) != nullptr;
  if (!streams && flow_.tool->flow->result_count == 0)
    return answer({{"content", text_content("done")}});
  const std::string made = streams ? items_ + "]" : result_json(run);
  const pf_str* text = streams ? nullptr : result_text(run);
  std::string ignored;
  json::value value = parse_json(made, ignored);
  json::object structured;
  if (gives_object(flow_) && value.is_object())
    structured = std::move(value.get_object());
  else
    structured = {{"result", std::move(value)}};
  answer({{"content", text_content(text ? view(*text) : std::string_view(made))},
          {"structuredContent", std::move(structured)}});
}

bool McpCall::take(std::string_view item) {
  if (items_.size() > 1) items_ += ',';
  items_ += item;
  return true;
}

void McpCall::progressed(std::string_view what) {
  constexpr int64_t kBetween = 50'000'000;
  if (progress_token_.is_null() || has_ended_) return;
  ++progress_;
  const int64_t now = pf_clock();
  if (progress_ > 1 && now < next_progress_) return;
  next_progress_ = now + kBetween;
  peer_.notify(rpc_notification(
      "notifications/progress",
      {{"progressToken", progress_token_}, {"progress", progress_}, {"message", what}}));
}

}  // namespace

void call_tool(const pf_program& program, const McpRequest& request, const pf_served& flow,
               const json::object& arguments, const json::value* progress_token, McpPeer& peer) {
  auto* call = new McpCall(program, request, flow, peer);
  Arguments block(flow);
  const std::string problem = block.read(arguments, json::serialize(arguments));
  if (!problem.empty()) return call->fail("the arguments do not fit: " + problem);
  if (calls_in_flight() >= settings().calls) return call->fail("too many calls are in flight");
  call->start(block, progress_token);
}

bool is_tool_called(std::string_view session, const json::value& id) {
  return std::ranges::any_of(g_calls, [&](McpCall* call) { return call->is(session, id); });
}

void cancel_tool(std::string_view session, const json::value& id) {
  auto found = std::ranges::find_if(g_calls, [&](McpCall* call) { return call->is(session, id); });
  if (found == g_calls.end()) return;
  McpPeer* peer = (*found)->peer();
  (*found)->leave();
  peer->gets_no_answer();
}

void leave_tools(McpPeer& peer) {
  const std::vector<McpCall*> calls = g_calls;
  for (McpCall* call : calls)
    if (call->peer() == &peer) call->leave();
}

}  // namespace pflow::serve
