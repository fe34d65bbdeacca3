#include "process.h"

#include "pflow/node.hpp"

namespace pf_exec {
namespace {

constexpr int64_t kProtocol = 1;
constexpr uint64_t kMillisecond = 1'000'000;
/// Requests wait until less than this is left to write.
constexpr size_t kMostUnwritten = size_t{1} << 20;
/// A cancelled call is to be answered within this, else the process gets no further ones.
constexpr uint64_t kPatienceMs = 5000;
constexpr const char* kStrayHelp =
    "standard output is for answers alone: print everything else to standard error";

uint64_t now_ms() { return uv_hrtime() / kMillisecond; }

/// What those say that lack the file which `pflowc nodes --helper` prints.
constexpr std::string_view kLacksHelper[] = {"No module named 'pflow_node'",
                                             "pflow_node.mjs' imported from"};

std::string help_for(const std::string& complaints) {
  for (std::string_view words : kLacksHelper)
    if (complaints.find(words) != std::string::npos)
      return "`pflowc nodes --helper python > pflow_node.py` makes it, `--helper javascript` "
             "pflow_node.mjs";
  return "";
}

}  // namespace

Process::Process(const Command& command, int64_t start_limit, Owner& owner)
    : LineProcess(Complaints::PassedOn),
      command_(command),
      owner_(owner),
      start_limit_ms_(static_cast<uint64_t>(start_limit) / kMillisecond) {}

Process* Process::start(const Command& command, int64_t start_limit, Owner& owner,
                        std::string* problem) {
  auto* made = new Process(command, start_limit, owner);
  if (const int error = made->LineProcess::start(command.words, nullptr)) {
    *problem = uv_strerror(error);
    return nullptr;
  }
  made->wait(made->start_limit_ms_);
  return made;
}

// ---- what it is told --------------------------------------------------------------

bool Process::refuses(pf_call* call, const pf_foreign& node) const {
  if (nodes_.empty()) return false;
  for (const std::string& name : nodes_)
    if (name == node.node) return false;
  fail_unknown_node(call, node, command_.shown, nodes_);
  return true;
}

void Process::take(Call* call) {
  call->process = this;
  call->id = next_id_++;
  if (calls_.empty()) hold_loop(true);
  calls_[call->id] = call;
  unsent_.push_back(call->id);
  send_requests();
}

void Process::cancel(Call* call) {
  calls_.erase(call->id);
  if (call->sent && !is_ending()) {
    send("{\"cancel\":" + std::to_string(call->id) + "}\n");
    if (cancelled_.empty()) wait(kPatienceMs);
    cancelled_[call->id] = now_ms();
  }
  pf_fail(call->call, PF_E_CANCELLED, "the call was cancelled");
  complete_failed(call);
  end_if_idle();
}

void Process::send_requests() {
  if (!ready_ || is_ending()) return;
  while (!unsent_.empty() && unwritten() < kMostUnwritten) {
    auto found = calls_.find(unsent_.front());
    unsent_.pop_front();
    if (found == calls_.end()) continue;
    found->second->sent = true;
    send(request_line(*found->second));
  }
}

// ---- what it says -----------------------------------------------------------------

void Process::line_is_too_long() { give_up("printed a line of more than 64 MB", kStrayHelp); }

void Process::take_line(std::string_view line) {
  Answer answer;
  const bool readable = read_answer(line, &answer);
  if (!ready_) {
    if (readable && answer.is_hello) return be_ready(answer);
    return give_up("printed " + shown(line) + " where its first line is to be {\"pflow\":1}",
                   kStrayHelp);
  }
  if (!readable || answer.is_hello)
    return give_up("printed " + shown(line) + ", which is no answer", kStrayHelp);
  take_answer(answer, line);
}

void Process::be_ready(const Answer& hello) {
  if (hello.version != kProtocol)
    return give_up("speaks version " + std::to_string(hello.version) + " of the protocol",
                   "this program speaks version 1");
  stop_waiting();
  ready_ = true;
  nodes_ = hello.nodes;
  std::vector<Call*> refused;
  for (const auto& [id, call] : calls_)
    if (refuses(call->call, *call->node)) refused.push_back(call);
  for (Call* call : refused) {
    calls_.erase(call->id);
    complete_failed(call);
  }
  if (calls_.empty()) hold_loop(false);
  send_requests();
}

void Process::take_answer(Answer& answer, std::string_view line) {
  auto found = calls_.find(answer.id);
  if (found != calls_.end() && found->second->sent) {
    Call* call = found->second;
    calls_.erase(found);
    complete(call, answer, line, command_.shown);
    return end_if_idle();
  }
  if (cancelled_.erase(answer.id) != 0) return;
  const std::string id = std::to_string(answer.id);
  const bool was_asked = answer.id > 0 && answer.id < next_id_ && found == calls_.end();
  give_up(was_asked ? "answered the call " + id + " twice"
                    : "answered the call " + id + ", which it was not asked",
          "each request is answered once, with its `id`");
}

// ---- what it does not say in time -----------------------------------------------------

void Process::give_up_on_overdue() {
  const uint64_t now = now_ms();
  for (const auto& [id, since] : cancelled_)
    if (now - since >= kPatienceMs) retired_ = true;
  if (retired_) return end_if_idle();
  if (!cancelled_.empty()) wait(kPatienceMs);
}

void Process::waited() {
  if (ready_) return give_up_on_overdue();
  give_up("was not ready within " + in_words(start_limit_ms_),
          "its first line is to be {\"pflow\":1}, flushed; `start: 5m` in the brackets gives it "
          "longer");
}

void Process::output_is_closed() {
  give_up("closed its standard output before it answered", "answers are printed there");
}

// ---- its end --------------------------------------------------------------------------

void Process::fail_calls(const std::string& did, const std::string& help) {
  std::unordered_map<int64_t, Call*> failed;
  failed.swap(calls_);
  unsent_.clear();
  for (const auto& [id, call] : failed) {
    fail_by_process(call->call, *call->node, command_.shown, did, help);
    complete_failed(call);
  }
}

void Process::give_up(const std::string& did, const std::string& help) {
  fail_calls(did, help);
  end_now();
}

void Process::end() {
  if (is_ending()) return;
  fail_calls("was ended", "");
  end_gently();
}

void Process::end_if_idle() {
  if (!calls_.empty()) return;
  hold_loop(false);
  if (retired_) end();
}

void Process::has_ended(const std::string& how, const std::string& words,
                        const std::string& complaints) {
  const char* before = ready_ ? " before it answered" : " before it was ready";
  fail_calls(how + before + words, help_for(complaints));
}

}  // namespace pf_exec
