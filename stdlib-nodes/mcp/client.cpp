// The calls of a server, and what it says between; client_start.cpp has its start.
#include "client.h"

#include <algorithm>

#include "drift.h"
#include "foreign.h"
#include "plan.h"
#include "stdlib-nodes/exec/line_process.h"
#include "tool_result.h"

namespace pf_mcp {
namespace {

/// So many lines of a server that are no messages are passed over, as a banner.
constexpr size_t kMostStrays = 100;
/// So many late answers are waited for.
constexpr size_t kMostDropped = 1024;
constexpr int64_t kMillisecond = 1'000'000;
constexpr int64_t kInvalidParams = -32602;

std::string in_words(int64_t nanoseconds) {
  return pf_exec::in_words(static_cast<uint64_t>(nanoseconds / kMillisecond));
}

/// What is answered to a request of the server: it was told that this client can do nothing, so
/// none is expected. Empty: an error.
std::string_view answer_to(std::string_view method) {
  if (method == "ping") return "{}";
  if (method == "elicitation/create") return R"({"action":"decline"})";
  if (method == "roots/list") return R"({"roots":[]})";
  return {};
}

}  // namespace

std::string Client::who() const {
  return "the server `" + settings_.name + "` (`" + settings_.shown + "`)";
}

// ---- calls --------------------------------------------------------------------------

pf_status Client::take_call(Call* call) {
  start_limit_ = std::max(start_limit_, start_limit(*call->node));
  if (link_ == nullptr && !start(call->call)) return PF_FAILED;
  if (state_ == State::Ready) {
    if (tool_name(*call->node).len == 0) return take_description(*call, description().get());
    if (!is_offered(call)) return PF_FAILED;
  }
  call->client = this;
  call->id = next_id_++;
  if (calls_.empty()) link_->hold_loop(true);
  calls_[call->id] = call;
  unsent_.push_back(call->id);
  send_calls();
  return PF_PENDING;
}

void Client::send_calls() {
  while (state_ == State::Ready && !unsent_.empty() && !link_->is_full()) {
    auto found = calls_.find(unsent_.front());
    unsent_.pop_front();
    if (found != calls_.end()) send_call(found->second);
  }
}

void Client::send_call(Call* call) {
  const std::string name(pflow::view(tool_name(*call->node)));
  if (name.empty()) return complete(call, take_description(*call, description().get()));
  if (!is_offered(call)) return complete(call, PF_FAILED);
  const std::string arguments = Plan::of(*call->node).arguments(call->in);
  const std::string params = with_meta("\"name\":" + quoted(name) + ",\"arguments\":" + arguments,
                                       "\"progressToken\":" + std::to_string(call->id));
  call->sent = true;
  call->heard = pf_clock();
  watch(call);
  link_->ask({call->id, "tools/call", name, request(call->id, "tools/call", params),
              &tools_.find(name)->second.get(), arguments});
}

/// Whether the server has the tool as the program knows it; else the call is failed.
bool Client::is_offered(Call* call) {
  if (fitting_.contains(call->node)) return true;
  const std::string name(pflow::view(tool_name(*call->node)));
  auto found = tools_.find(name);
  const std::string changed = found == tools_.end()
                                  ? "it is gone"
                                  : drift(Plan::of(*call->node).tool(), found->second.get());
  if (changed.empty()) {
    fitting_.insert(call->node);
    return true;
  }
  pf_fail(call->call, PF_E_TOOL, "the tool `%s` of %s has changed: %s", name.c_str(), who().c_str(),
          changed.c_str());
  pf_fail_help(
      call->call,
      "`pflowc mcp add` reads the tools again; the checks then say what the program is to change");
  pf_fail_once(call->call);
  return false;
}

void Client::cancel(Call* call) {
  drop(call);
  pf_fail(call->call, PF_E_CANCELLED, "the call was cancelled");
  complete(call, PF_FAILED);
}

/// The server hears that nobody waits for the call any more; it may answer all the same.
void Client::drop(const Call* call) {
  if (!call->sent || link_ == nullptr) return;
  dropped_.insert(call->id);
  if (dropped_.size() > kMostDropped) dropped_.erase(dropped_.begin());
  link_->drop(call->id,
              notification("notifications/cancelled", "\"requestId\":" + std::to_string(call->id)));
}

/// Ends a call that is not the client's any more, or will not be.
void Client::complete(Call* call, pf_status status) {
  calls_.erase(call->id);
  pf_call* of_runtime = call->call;
  of_runtime->state = nullptr;
  delete call;
  if (calls_.empty()) {
    pf_timer_stop(&silence_);
    if (link_ != nullptr) link_->hold_loop(false);
  }
  pf_complete(of_runtime, status);
}

void Client::fail(Call* call, const Failure& failure) {
  pf_fail(call->call, failure.kind, "%s %s", who().c_str(), failure.did.c_str());
  if (!failure.help.empty()) pf_fail_help(call->call, "%s", failure.help.c_str());
  if (failure.status != 0) pf_fail_status(call->call, failure.status, failure.retry_after);
  if (failure.once) pf_fail_once(call->call);
  complete(call, PF_FAILED);
}

void Client::fail_calls(const Failure& failure) {
  std::unordered_map<int64_t, Call*> failed;
  failed.swap(calls_);
  unsent_.clear();
  for (const auto& [id, call] : failed) fail(call, failure);
}

void Client::fail_request(int64_t id, const Failure& failure) {
  if (id == start_id_) return give_up(failure);
  auto found = calls_.find(id);
  if (found != calls_.end()) fail(found->second, failure);
}

// ---- what the server says -------------------------------------------------------------

void Client::take(std::string_view text, int64_t asked) {
  Message message;
  if (!message.read(text)) return take_stray(text);
  if (message.method() == "notifications/progress") return take_progress(message.params());
  if (!message.method().empty()) {
    if (message.id() != nullptr) take_request(message);
    return;
  }
  const int64_t id = message.id() != nullptr ? message.answers() : asked;
  if (id == start_id_ && id != 0) return take_answer(message);
  auto found = calls_.find(id);
  if (found != calls_.end() && found->second->sent) return take_call_answer(found->second, message);
  if (dropped_.erase(id) != 0) return;
  if (message.id() == nullptr) return take_stray(text);
  const std::string shown = json_of(*message.id());
  const bool was_asked = id > 0 && id < next_id_;
  give_up({.did = was_asked ? "answered the request " + shown + " twice"
                            : "answered the request " + shown + ", which it was not asked",
           .help = "such a server answers wrongly, or two of them share one output"});
}

void Client::take_stray(std::string_view text) {
  if (text.find_first_not_of(" \t\r") == std::string_view::npos) return;
  last_stray_ = pf_exec::shown(text);
  if (++strays_ < kMostStrays) return;
  give_up({.did = "printed " + std::to_string(strays_) + " lines that are no messages, as " +
                  last_stray_,
           .help = "is it a server of MCP? Its standard output is for messages alone"});
}

void Client::take_request(const Message& message) {
  const std::string_view answer = answer_to(message.method());
  const bool is_sampling = message.method() == "sampling/createMessage";
  std::string text = R"({"jsonrpc":"2.0","id":)" + json_of(*message.id());
  if (!answer.empty())
    text += ",\"result\":" + std::string(answer) + '}';
  else if (is_sampling)
    text += R"(,"error":{"code":-1,"message":"User rejected sampling request"}})";
  else
    text += R"(,"error":{"code":-32601,"message":"Method not found"}})";
  link_->tell(std::move(text));
}

void Client::take_progress(const pf_json* params) {
  const pf_json* token = member(params, "progressToken");
  if (token == nullptr || token->kind != PF_JSON_INT) return;
  auto found = calls_.find(token->integer);
  if (found != calls_.end()) found->second->heard = pf_clock();
}

void Client::take_call_answer(Call* call, const Message& message) {
  if (message.error() == nullptr)
    return complete(call, take_result(*call, *message.result(), who()));
  const std::string help =
      error_code(message.error()) == kInvalidParams
          ? "its tools may have changed: `pflowc mcp test " + settings_.name + "` compares them"
          : "";
  fail(call, {.did = "refused `" + std::string(pflow::view(tool_name(*call->node))) +
                     "`: " + error_text(message.error()),
              .help = help});
}

// ---- what it does not say -------------------------------------------------------------

/// Rings when the first of the calls may have been silent for too long.
void Client::watch(const Call* call) {
  const int64_t over = call->heard + silence_limit(*call->node);
  if (silence_.place != 0 && silence_.when <= over) return;
  silence_.client = this;
  pf_timer_start(&silence_, std::max<int64_t>(over - pf_clock(), 0),
                 [](pf_timer* timer) { static_cast<Alarm*>(timer)->client->silence_is_over(); });
}

void Client::silence_is_over() {
  std::vector<Call*> overdue;
  for (const auto& [id, call] : calls_) {
    if (!call->sent) continue;
    if (pf_clock() - call->heard >= silence_limit(*call->node))
      overdue.push_back(call);
    else
      watch(call);
  }
  for (Call* call : overdue) {
    drop(call);
    fail(call, {.kind = PF_E_TIMEOUT,
                .did = "has said nothing of `" + std::string(pflow::view(tool_name(*call->node))) +
                       "` for " + in_words(silence_limit(*call->node)),
                .help = "`silence: 15m` in the brackets of `by mcp(…)` gives it longer"});
  }
}

// ---- its end ----------------------------------------------------------------------------

void Client::forget_server() {
  link_ = nullptr;
  state_ = State::Idle;
  start_id_ = 0;
  tools_.clear();
  fitting_.clear();
  dropped_.clear();
  pf_timer_stop(&starting_);
  pf_timer_stop(&silence_);
}

void Client::broke(const Failure& failure) {
  Failure told = failure;
  if (state_ != State::Ready && strays_ != 0) told.did += "; it printed " + last_stray_;
  forget_server();
  fail_calls(told);
}

void Client::give_up(const Failure& failure) {
  Link* left = link_;
  forget_server();
  if (left != nullptr) left->leave(false);
  fail_calls(failure);
}

void Client::end() {
  Link* left = link_;
  forget_server();
  if (left != nullptr) left->leave(true);
  fail_calls({.did = "was ended"});
}

}  // namespace pf_mcp
