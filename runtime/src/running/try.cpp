// pf_try_start: one stage under its policies. Cache, tries with waits between them,
// a timeout for each, a deadline over all.
#include <stddef.h>
#include <stdlib.h>

#include "runtime/src/running/children.h"
#include "runtime/src/running/flight.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/policy_check.h"
#include "runtime/src/running/retry.h"
#include "runtime/src/running/timers.h"
#include "runtime/src/running/try_state.h"
#include "runtime/src/running/watcher.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/to_text.h"

namespace pflow::rt {
namespace {

constexpr pf_type kDurationType = {
    .kind = PF_DURATION, .size = 8, .align = 8, .counted = 0, .name = "duration"};

enum class Next : unsigned char { Again, Wait, Done, Failed };

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

void run_on(Try* t, Next next);
Next plan_next(Try& t);

void timeout_fired(pf_timer* timer) {
  Try* t = timer_owner<Try>(timer, offsetof(Try, timer));
  t->stop = Stop::Timeout;
  if (t->child) return cancel_frame(t->child);
  stop_following(t);
  ++t->attempt;
  run_on(t, plan_next(*t));
}

/// That of the try which runs.
void start_timer(Try& t) {
  if (t.policy.set & PF_P_TIMEOUT)
    pf_timer_start(&t.timer, t.started_at + t.policy.timeout - pf_clock(), timeout_fired);
}

/// PF_PENDING, or how it ended: the failure is then pending.
pf_status start_try(Try& t) {
  ++t.attempt;
  t.started_at = pf_clock();
  t.partial = false;
  t.child = new_frame(t.flow, 0);
  t.child->parent = t.caller;
  t.child->ended = try_ended;
  bind_params(t.child, 0, t.arguments, {});
  pf_status status = start_frame(t.child, t.caller, 1, t.caller->call.site);
  if (status == PF_PENDING) start_timer(t);
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
  if (wait != 0 && t.deadline_at - pf_clock() <= wait) {
    fail_late(t, "another try would begin after the deadline of %.*s", t.policy.deadline);
    return Next::Failed;
  }
  if (g_watcher) g_watcher->tries_again(t.caller->call.site, *t.failure, t.attempt, wait);
  if (wait == 0) return Next::Again;
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
    if (t.ticket && !t.partial) pf_cache.store(t.ticket, t.out);
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
  if (t->leads) end_flight(t, status);
  if (t->ticket) pf_cache.close(t->ticket);
  give_failure(&t->caller->call, t->failure);
  list_release(t->policy.retry_on.head, &kTextType);
  free(t);
  return status;
}

pf_status run_tries(Try* t, Next next) {
  if (next == Next::Again && t->ticket && !t->leads && follow_or_lead(t)) return PF_PENDING;
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
  stop_following(t);
  hand_over(t);
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
  t->budget.limit = policy.budget;
  if (t->policy.retry_on.head) ++t->policy.retry_on.head->count;
  t->deadline_at = INT64_MAX;
  if ((policy.set & PF_P_DEADLINE) &&
      __builtin_add_overflow(pf_clock(), policy.deadline, &t->deadline_at))
    t->deadline_at = INT64_MAX;
  return t;
}

/// Whether the results are known; else what keeps them later is ready.
bool find_in_cache(Try& t) {
  if (!(t.policy.set & PF_P_CACHE) || !&pf_cache) return false;
  t.ticket = pf_cache.open({&t.caller->call, t.flow, t.arguments, t.policy.cache});
  return t.ticket && !is_in_flight(t) && pf_cache.load(t.ticket, t.out);
}

}  // namespace

// ---- stages that share a try ------------------------------------------------------------

Try* try_of(const pf_frame* child) {
  return child->ended == try_ended ? static_cast<Try*>(child->parent->call.state) : nullptr;
}

void mark_partial(const pf_frame* frame) {
  for (; frame; frame = frame->parent)
    if (Try* above = try_of(frame)) above->partial = true;
}

void complete_try(Try* t, pf_status status) {
  pf_call* call = &t->caller->call;
  pf_complete(call, close_try(t, status));
}

void begin_tries(Try* t) { pf_timer_start(&t->timer, 0, wait_fired); }

void take_over(Try* t, Try* from) {
  t->attempt = from->attempt;
  t->started_at = from->started_at;
  t->child = from->child;
  t->partial = from->partial;
  from->child = nullptr;
  if (!t->child) return pf_timer_start(&t->timer, from->timer.when - pf_clock(), wait_fired);
  t->child->parent = t->caller;
  pf_timer_stop(&t->timer);
  start_timer(*t);
}

void start_timeout(Try* t) {
  t->started_at = pf_clock();
  start_timer(*t);
}

}  // namespace pflow::rt

bool pf_failed_before(const pf_call* call, pf_error_value* failure) {
  using namespace pflow::rt;
  const pf_frame* frame = call->frame;
  if (!frame || frame->ended != try_ended) return false;
  const Failure* before = static_cast<const Try*>(frame->parent->call.state)->failure;
  if (!before) return false;
  *failure = {};
  failure->message = before->message;
  failure->kind = view(kind_name(before->kind));
  failure->attempt = before->attempt;
  failure->data = before->data;
  return true;
}

int32_t pf_try_start(pf_frame* caller, const void* flow, const void* arguments, const void* policy,
                     void* out) {
  using namespace pflow::rt;
  const auto& given = *static_cast<const pf_policy*>(policy);
  if (Failure* wrong = policy_problem(given, caller->call.site)) {
    give_failure(&caller->call, wrong);
    return PF_FAILED;
  }
  Try* t = new_try(caller, static_cast<const pf_frame_info*>(flow), arguments, given, out);
  if (find_in_cache(*t)) return close_try(t, PF_DONE);
  caller->call.state = t;
  pf_status status = run_tries(t, Next::Again);
  if (status != PF_PENDING) return status;
  caller->call.cancel = cancel_try;
  if (t->policy.set & PF_P_DEADLINE)
    pf_timer_start(&t->deadline, t->deadline_at - pf_clock(), deadline_fired);
  return PF_PENDING;
}
