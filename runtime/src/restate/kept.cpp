#include "runtime/src/restate/kept.h"

#include <algorithm>

#include "pflow/timer.h"

namespace pflow::restate {
namespace {

int g_number;
int64_t g_busy_until;

void* found(const pf_call& call) {
  const auto* step = static_cast<const rt::Step*>(call.step);
  return step ? step->kept[g_number] : nullptr;
}

}  // namespace

void keep_under(int number) { g_number = number; }

bool is_kept(const pf_call& call) { return found(call) != nullptr; }

Kept& kept_of(const pf_call& call) { return *static_cast<Kept*>(found(call)); }

void set_running(Kept& kept, bool runs) {
  if (kept.runs == runs) return;
  kept.runs = runs;
  kept.journal.step_runs(runs);
}

void keep_busy_until(int64_t time) { g_busy_until = std::max(g_busy_until, time); }

int64_t busy_for() { return std::max<int64_t>(0, g_busy_until - pf_clock()); }

}  // namespace pflow::restate
