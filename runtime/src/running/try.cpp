// pf_try_start: one stage under its policies. Cache, tries with waits between them,
// a timeout for each, a deadline over all.
#include <stddef.h>
#include <stdlib.h>

#include "runtime/src/cache/cache.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/running/children.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/retry.h"
#include "runtime/src/running/timers.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/to_text.h"

namespace pflow::rt {
namespace {

constexpr pf_type kDurationType = {
    .kind = PF_DURATION, .size = 8, .align = 8, .counted = 0, .name = "duration"};

enum class Stop : unsigned char { None, Timeout, Deadline, Cancelled };

/// What the caller's call holds as its state.
struct Try {
  pf_frame* caller;
  const pf_frame_info* flow;
  const void* arguments;
  void* out;
  pf_policy policy;
  int64_t deadline_at;
  int64_t attempt;
  int64_t started_at;  ///< the running try
  pf_frame* child;     ///< null in the wait between two tries
  Failure* failure;    ///< of the last try
  void* ticket;        ///< of the cache
  pf_timer timer;      ///< the timeout of the try, or the wait
  pf_timer deadline;
  Stop stop;
};

enum class Next : unsigned char { Again, Wait, Done, Failed };

CachedStage cached_stage(const Try& t) {
  return {t.caller->call.site, t.flow, t.arguments, t.policy.cache};
}

bool is_cached(const Try& t) { return (t.policy.set & PF_P_CACHE) && &pf_cache; }

pf_str duration_text(int64_t nanoseconds) {
  Buffer text;
  add_text(text, &nanoseconds, &kDurationType);
  return text.take();
}

void set_failure_of(Try& t, Failure* failure) {
  free_failure(t.failure);
  t.failure = failure;
  if (failure) failure->attempt = t.attempt;
}

void fail_late(Try& t, const char* format, int64_t limit) {
  pf_str shown = duration_text(limit);
  Buffer message;
  message.format(format, static_cast<int>(shown.len), shown.data);
  pf_str_release(shown);
  Failure* late = new_failure(PF_E_TIMEOUT, t.caller->call.site, "%s", message.c_str());
  if (t.failure && t.failure->kind != PF_E_CANCELLED) {
    Buffer help;
    help.add("the last try failed: ");
    help.add(t.failure->message);
    set_help(late, help.take());
  }
  set_failure_of(t, late);
}

// ---- one try -----------------------------------------------------------------------

void try_ended(pf_frame* child, pf_status status);

void timeout_fired(pf_timer* timer) {
  Try* t = timer_owner<Try>(timer, offsetof(Try, timer));
  t->stop = Stop::Timeout;
  cancel_frame(t->child);
}

/// PF_PENDING, or how it ended: the failure is then pending.
pf_status start_try(Try& t) {
  ++t.attempt;
  t.started_at = pf_clock();
  t.child = new_frame(t.flow, 0);
  t.child->parent = t.caller;
  t.child->ended = try_ended;
  bind_params(t.child, 0, t.arguments, {});
  if (enter_frame(t.child, t.caller, 1, t.caller->call.site)) return PF_FAILED;
  pf_status status = t.child->info->resume(t.child);
  if (status == PF_PENDING && (t.policy.set & PF_P_TIMEOUT))
    pf_timer_start(&t.timer, t.started_at + t.policy.timeout - pf_clock(), timeout_fired);
  return status;
}

void wait_fired(pf_timer* timer);

/// After a try that failed: is there another?
Next plan_next(Try& t) {
  if (t.stop == Stop::Cancelled) return Next::Failed;
  if (t.stop == Stop::Deadline || pf_clock() >= t.deadline_at) {
    fail_late(t, "not done within the deadline of %.*s", t.policy.deadline);
    return Next::Failed;
  }
  if (t.stop == Stop::Timeout) fail_late(t, "timed out after %.*s", t.policy.timeout);
  t.stop = Stop::None;
  if (t.attempt > t.policy.retries || !is_repeatable(t.policy, *t.failure)) return Next::Failed;
  int64_t wait = wait_after(t.policy, *t.failure, t.attempt);
  if (wait == 0) return Next::Again;
  if (t.deadline_at - pf_clock() <= wait) {
    fail_late(t, "another try would begin after the deadline of %.*s", t.policy.deadline);
    return Next::Failed;
  }
  pf_timer_start(&t.timer, wait, wait_fired);
  return Next::Wait;
}

Next end_try(Try& t, pf_status status) {
  pf_timer_stop(&t.timer);
  pf_frame* child = t.child;
  t.child = nullptr;
  if (status == PF_DONE) {
    set_failure_of(t, nullptr);
    move_results(child, t.out);
  } else {
    Failure* failure = take_failure();
    set_failure_of(t, failure ? failure
                              : new_failure(PF_E_INTERNAL, t.caller->call.site,
                                            "the stage failed without a message"));
  }
  free_frame(child, 0);
  return status == PF_DONE ? Next::Done : plan_next(t);
}

// ---- all tries ------------------------------------------------------------------------

/// Frees the state; what came of it is in the caller's call.
pf_status close_try(Try* t, pf_status status) {
  pf_timer_stop(&t->timer);
  pf_timer_stop(&t->deadline);
  if (t->ticket) pf_cache.store(t->ticket, cached_stage(*t), status == PF_DONE ? t->out : nullptr);
  give_failure(&t->caller->call, t->failure);
  list_release(t->policy.retry_on.head, &kTextType);
  free(t);
  return status;
}

pf_status run_tries(Try* t, Next next) {
  while (next == Next::Again) {
    pf_status status = start_try(*t);
    next = status == PF_PENDING ? Next::Wait : end_try(*t, status);
  }
  if (next == Next::Wait) return PF_PENDING;
  return close_try(t, next == Next::Done ? PF_DONE : PF_FAILED);
}

void run_on(Try* t, Next next) {
  pf_call* call = &t->caller->call;
  pf_status status = run_tries(t, next);
  if (status != PF_PENDING) pf_complete(call, status);
}

void try_ended(pf_frame* child, pf_status status) {
  auto* t = static_cast<Try*>(child->parent->call.state);
  run_on(t, end_try(*t, status));
}

void wait_fired(pf_timer* timer) {
  run_on(timer_owner<Try>(timer, offsetof(Try, timer)), Next::Again);
}

/// Ends the running try, or the wait, for good.
void stop_for(Try* t, Stop why) {
  t->stop = why;
  pf_timer_stop(&t->timer);
  if (t->child) return cancel_frame(t->child);
  run_on(t, plan_next(*t));
}

void deadline_fired(pf_timer* timer) {
  stop_for(timer_owner<Try>(timer, offsetof(Try, deadline)), Stop::Deadline);
}

void cancel_try(pf_call* call) { stop_for(static_cast<Try*>(call->state), Stop::Cancelled); }

Try* new_try(pf_frame* caller, const pf_frame_info* flow, const void* arguments,
             const pf_policy& policy, void* out) {
  auto* t = static_cast<Try*>(allocate_zeroed(sizeof(Try)));
  t->caller = caller;
  t->flow = flow;
  t->arguments = arguments;
  t->out = out;
  t->policy = with_defaults(policy);
  if (t->policy.retry_on.head) ++t->policy.retry_on.head->count;
  t->deadline_at = INT64_MAX;
  if ((policy.set & PF_P_DEADLINE) &&
      __builtin_add_overflow(pf_clock(), policy.deadline, &t->deadline_at))
    t->deadline_at = INT64_MAX;
  return t;
}

}  // namespace
}  // namespace pflow::rt

int32_t pf_try_start(pf_frame* caller, const void* flow, const void* arguments, const void* policy,
                     void* out) {
  using namespace pflow::rt;
  Try* t = new_try(caller, static_cast<const pf_frame_info*>(flow), arguments,
                   *static_cast<const pf_policy*>(policy), out);
  if (is_cached(*t) && pf_cache.find(cached_stage(*t), out, &t->ticket))
    return close_try(t, PF_DONE);
  caller->call.state = t;
  pf_status status = run_tries(t, Next::Again);
  if (status != PF_PENDING) return status;
  caller->call.cancel = cancel_try;
  if (t->policy.set & PF_P_DEADLINE)
    pf_timer_start(&t->deadline, t->deadline_at - pf_clock(), deadline_fired);
  return PF_PENDING;
}
