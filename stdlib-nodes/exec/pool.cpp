#include "pool.h"

#include <stdlib.h>

#include <algorithm>
#include <unordered_map>

#include "pflow/loop.h"

namespace pf_exec {

/// Every pool of the program, and which node has which.
class AllPools {
 public:
  Pool* of(const pf_foreign& node, CommandProblem* problem) {
    Pool*& known = by_node_[&node];
    if (known == nullptr) known = find(node, problem);
    return known;
  }

  /// Nothing outlives the program: whoever does not end by itself is ended.
  void end() {
    for (const std::unique_ptr<Pool>& pool : pools_)
      for (Process* process : pool->processes_) {
        process->end();
        process->hold_loop(true);
      }
    while (is_any_left()) uv_run(pf_loop_uv(), UV_RUN_ONCE);
  }

 private:
  Pool* find(const pf_foreign& node, CommandProblem* problem) {
    Command command;
    *problem = find_command(node, &command);
    if (!problem->text.empty()) return nullptr;
    auto known = std::ranges::find_if(pools_, [&](const std::unique_ptr<Pool>& pool) {
      return pool->command_.words == command.words;
    });
    if (known == pools_.end())
      known = pools_.insert(known, std::unique_ptr<Pool>(new Pool(std::move(command))));
    Pool& pool = **known;
    pool.most_ = std::max(pool.most_, node.options[kProcesses]);
    pool.start_limit_ = std::max(pool.start_limit_, node.options[kStart]);
    return &pool;
  }

  [[nodiscard]] bool is_any_left() const {
    return std::ranges::any_of(
        pools_, [](const std::unique_ptr<Pool>& pool) { return !pool->processes_.empty(); });
  }

  /// The options of `exec`, as frontend/ast/foreign_kinds.cpp has them.
  enum : unsigned char { kProcesses, kStart };

  std::vector<std::unique_ptr<Pool>> pools_;
  std::unordered_map<const pf_foreign*, Pool*> by_node_;
};

namespace {

/// Made at the first call, never destroyed: what is left is ended by `exit`.
AllPools& all_pools() {
  static AllPools* made = [] {
    atexit([] { all_pools().end(); });
    return new AllPools;
  }();
  return *made;
}

}  // namespace

Pool* Pool::of(const pf_foreign& node, CommandProblem* problem) {
  return all_pools().of(node, problem);
}

Process* Pool::choose(std::string* problem) {
  Process* best = nullptr;
  int64_t count = 0;
  for (Process* process : processes_) {
    if (!process->takes_calls()) continue;
    ++count;
    if (best == nullptr || process->load() < best->load()) best = process;
  }
  if (best != nullptr && (best->load() == 0 || count >= most_)) return best;
  Process* made = Process::start(command_, start_limit_, *this, problem);
  if (made == nullptr) return best;
  processes_.push_back(made);
  return made;
}

void Pool::process_is_gone(Process* process) { std::erase(processes_, process); }

}  // namespace pf_exec
