#include "runtime/src/serve/served_run.h"

#include <sys/random.h>

#include <algorithm>
#include <boost/json.hpp>
#include <deque>

#include "pflow/node.hpp"
#include "runtime/src/running/wait_host.h"
#include "runtime/src/serve/calls.h"

namespace pflow::serve {
namespace {

namespace json = boost::json;

/// Runs that have ended are kept so long, and so many of them.
constexpr int64_t kKept = int64_t{3600} * 1'000'000'000;
constexpr size_t kMostKept = 1000;

/// The oldest first.
std::deque<std::unique_ptr<ServedRun>> g_runs;

/// Nobody can guess it.
std::string random_id() {
  unsigned char bytes[16] = {};
  while (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) {
  }
  std::string id;
  for (unsigned char byte : bytes) {
    id += "0123456789abcdef"[byte >> 4];
    id += "0123456789abcdef"[byte & 15];
  }
  return id;
}

const char* kind_of(const pf_waiting& waiting) {
  return waiting.kind == PF_WAITS_EVENT ? "event" : "answer";
}

/// A text in JSON, or as it is.
std::string plain(std::string_view text) {
  boost::system::error_code failed;
  const json::value value = json::parse(text, failed);
  if (!failed && value.is_string()) return std::string(value.get_string());
  return std::string(text);
}

}  // namespace

ServedRun::ServedRun(FlowCall& call) : id_(random_id()), call_(&call) {}

ServedRun& ServedRun::begin(FlowCall& call) {
  const int64_t now = pf_clock();
  size_t over = static_cast<size_t>(
      std::ranges::count_if(g_runs, [](const auto& run) { return run->is_over(); }));
  std::erase_if(g_runs, [&](const auto& run) {
    const bool goes = run->is_over() && (now - run->ended_ > kKept || over > kMostKept);
    if (goes) --over;
    return goes;
  });
  return *g_runs.emplace_back(std::make_unique<ServedRun>(call));
}

ServedRun* ServedRun::find(std::string_view id) {
  for (const auto& run : g_runs)
    if (run->id_ == id) return run.get();
  return nullptr;
}

void ServedRun::forget(const ServedRun& run) {
  std::erase_if(g_runs, [&](const auto& known) { return known.get() == &run; });
}

void ServedRun::cancel_waiting() {
  std::vector<ServedRun*> waiting;
  for (const auto& run : g_runs)
    if (!run->waits_.empty()) waiting.push_back(run.get());
  for (ServedRun* run : waiting) run->cancel();
}

void ServedRun::waits_for(pf_waiting& waiting) {
  auto& wait = *waits_.emplace_back(std::make_unique<Wait>());
  wait.run = this;
  wait.waiting = &waiting;
  if (waiting.deadline < 0) return;
  pf_timer_start(&wait.timer, waiting.deadline, [](pf_timer* timer) {
    const Wait& late = *reinterpret_cast<Wait*>(timer);
    late.run->take(*late.waiting, nullptr);
  });
}

void ServedRun::let_others_pass() {
  std::vector<pf_waiting*> waiting;
  for (const auto& wait : waits_) waiting.push_back(wait->waiting);
  for (pf_waiting* at : waiting) rt::let_pass(*at);
}

void ServedRun::waits_no_more(const pf_waiting& waiting) {
  std::erase_if(waits_, [&](const auto& wait) {
    if (wait->waiting != &waiting) return false;
    pf_timer_stop(&wait->timer);
    return true;
  });
}

void ServedRun::take(pf_waiting& waiting, const pf_str* given) {
  pf_call* call = waiting.call;
  waits_no_more(waiting);
  pf_complete(call, waiting.take(&waiting, given));
}

std::string ServedRun::names() const {
  std::string names;
  for (const auto& wait : waits_)
    names += (names.empty() ? "`" : ", `") + std::string(pflow::view(wait->waiting->name)) + "`";
  return names;
}

std::string ServedRun::give(std::string_view name, std::string_view text) {
  const auto found = std::ranges::find_if(
      waits_, [&](const auto& wait) { return pflow::view(wait->waiting->name) == name; });
  if (found == waits_.end())
    return waits_.empty() ? "the run waits for nothing" : "the run waits for " + names();
  pf_waiting& waiting = *(*found)->waiting;
  const bool is_answer = waiting.kind == PF_WAITS_ANSWER;
  const std::string given = is_answer ? plain(text) : std::string(text);
  if (is_answer && given != "yes" && given != "no") return "the answer is `yes` or `no`";
  boost::system::error_code failed;
  if (!is_answer) (void)json::parse(given, failed);
  if (failed) return "the event is no JSON: " + failed.message();
  const pf_str taken = pflow::literal(given);
  take(waiting, &taken);
  return {};
}

void ServedRun::cancel() {
  if (call_) cancel_call(*call_);
}

void ServedRun::ended(bool well, std::string_view outcome) {
  call_ = nullptr;
  ended_ = pf_clock();
  state_ = well ? "done" : "failed";
  outcome_ = outcome;
}

std::string ServedRun::json() const {
  json::object made{{"run", id_},
                    {"state", is_over()        ? state_
                              : waits_.empty() ? "running"
                                               : "waiting"}};
  json::array waiting;
  for (const auto& wait : waits_) {
    json::object listed{{"name", pflow::view(wait->waiting->name)},
                        {"kind", kind_of(*wait->waiting)}};
    if (wait->waiting->shown.len != 0) listed["question"] = pflow::view(wait->waiting->shown);
    waiting.emplace_back(std::move(listed));
  }
  if (!is_over()) made["waiting"] = std::move(waiting);
  std::string text = json::serialize(made);
  if (is_over()) text.replace(text.size() - 1, 1, "," + outcome_.substr(1));
  return text;
}

}  // namespace pflow::serve
