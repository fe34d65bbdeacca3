// pf_par_start: all branches at once; the first failure in time wins, and the other
// branches are cancelled and awaited.
#include <stdlib.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/running/children.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

/// What the caller's call holds as its state.
struct Par {
  pf_frame* caller;
  const pf_branch* branches;
  char* out;
  size_t count;
  size_t running;
  bool stopping;
  Failure* failure;  ///< the first
  /// Each until the end, as it holds the results. Null: not started; `ended` is null
  /// in one that does not wait any more.
  pf_frame* frames[];
};

void stop(Par& par) {
  par.stopping = true;
  for (size_t i = 0; i < par.count; ++i)
    if (par.frames[i] && par.frames[i]->ended) cancel_frame(par.frames[i]);
}

/// The failure is pending.
void branch_failed(Par& par) {
  Failure* failure = take_failure();
  if (par.stopping) return free_failure(failure);
  par.failure = failure;
  stop(par);
}

pf_status close_par(Par* par) {
  pf_status status = par->stopping ? PF_FAILED : PF_DONE;
  for (size_t i = 0; i < par->count; ++i) {
    if (!par->frames[i]) continue;
    if (status == PF_DONE) move_results(par->frames[i], par->out + par->branches[i].results);
    free_frame(par->frames[i], 0);
  }
  give_failure(&par->caller->call, par->failure);
  free(par);
  return status;
}

void branch_ended(pf_frame* child, pf_status status) {
  pf_call* call = &child->parent->call;
  auto* par = static_cast<Par*>(call->state);
  child->ended = nullptr;
  --par->running;
  if (status == PF_FAILED) branch_failed(*par);
  if (par->running == 0) pf_complete(call, close_par(par));
}

void start_branch(Par& par, size_t index, const char* arguments) {
  const pf_branch& branch = par.branches[index];
  pf_frame* child = par.frames[index] = new_frame(branch.flow, 0);
  child->parent = par.caller;
  bind_params(child, 0, arguments + branch.arguments, {});
  pf_status status = start_frame(child, par.caller, 0, par.caller->call.site);
  if (status == PF_PENDING) {
    child->ended = branch_ended;
    ++par.running;
  }
  if (status == PF_FAILED) branch_failed(par);
}

void cancel_par(pf_call* call) { stop(*static_cast<Par*>(call->state)); }

}  // namespace
}  // namespace pflow::rt

int32_t pf_par_start(pf_frame* caller, const void* branches, int64_t count, const void* arguments,
                     void* out) {
  using namespace pflow::rt;
  auto branch_count = static_cast<size_t>(count);
  auto* par = static_cast<Par*>(allocate_zeroed(sizeof(Par) + branch_count * sizeof(pf_frame*)));
  par->caller = caller;
  par->branches = static_cast<const pf_branch*>(branches);
  par->out = static_cast<char*>(out);
  par->count = branch_count;
  caller->call.state = par;
  for (size_t i = 0; i < branch_count && !par->stopping; ++i)
    start_branch(*par, i, static_cast<const char*>(arguments));
  if (par->running == 0) return close_par(par);
  caller->call.cancel = cancel_par;
  return PF_PENDING;
}
