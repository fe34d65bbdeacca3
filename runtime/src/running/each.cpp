// pf_each_start: a flow for each item of a list, at most `parallel` at once. Results
// in the order of the items.
#include <stddef.h>
#include <stdlib.h>

#include <algorithm>

#include "pflow/policy.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/failures/item_failure.h"
#include "runtime/src/failures/skipped.h"
#include "runtime/src/running/above.h"
#include "runtime/src/running/children.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/gate.h"
#include "runtime/src/running/pace.h"
#include "runtime/src/running/policy_check.h"
#include "runtime/src/running/retry.h"
#include "runtime/src/running/scheduler.h"
#include "runtime/src/running/skip_bound.h"
#include "runtime/src/running/timers.h"
#include "runtime/src/running/try_state.h"
#include "runtime/src/running/waits.h"
#include "runtime/src/running/watcher.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

/// What the caller's call holds as its state.
struct Each {
  pf_frame* caller;
  const pf_frame_info* flow;
  const void* arguments;  ///< a block: the list, then what is captured
  pf_each_out* out;
  pf_policy policy;
  Budget budget;
  const pf_list_head* items;
  const pf_type* item;
  const pf_type* result;  ///< null: the flow has none
  size_t count;
  size_t next;     ///< the first item that has not started
  size_t running;  ///< that wait
  Batch batch;
  pf_frame* first;  ///< of those that wait
  bool stopping;
  Failure* failure;  ///< why
  pf_list_head* results;
  pf_list errors;
  int64_t deadline_at;
  Pace pace;
  pf_timer paced;
  pf_timer deadline;
  Gate gate;
};

/// Behind the frame of an item.
struct Item {
  pf_frame* next;
  pf_frame* previous;
  size_t index;
};

constexpr size_t kExtra = kRoomFor<Item>;

/// Of a batch: bounds what its questions take in memory.
constexpr int64_t kBatchItems = 10'000;

const void* item_at(const Each& each, size_t index) {
  return list_at(each.items, index, each.item);
}

// ---- the items that wait -------------------------------------------------------------

void link(Each& each, pf_frame* child) {
  Item* item = record_of<Item>(child);
  item->previous = nullptr;
  item->next = each.first;
  if (each.first) record_of<Item>(each.first)->previous = child;
  each.first = child;
  ++each.running;
}

void unlink(Each& each, pf_frame* child) {
  Item* item = record_of<Item>(child);
  if (item->next) record_of<Item>(item->next)->previous = item->previous;
  if (item->previous)
    record_of<Item>(item->previous)->next = item->next;
  else
    each.first = item->next;
  --each.running;
}

/// No item starts any more, those that wait are cancelled.
void stop(Each& each, Failure* why) {
  each.failure =
      why ? why : new_failure(PF_E_CANCELLED, each.caller->call.site, "the flow was cancelled");
  each.stopping = true;
  pf_timer_stop(&each.paced);
  for (pf_frame* child = each.first; child; child = record_of<Item>(child)->next)
    cancel_frame(child);
}

void stop_late(Each& each) {
  stop(each, new_failure(PF_E_TIMEOUT, each.caller->call.site,
                         "%zu of %zu items were not done within the deadline",
                         each.count - each.next + each.running, each.count));
}

// ---- one item ----------------------------------------------------------------------------

/// The failure is pending.
void item_failed(Each& each, size_t at) {
  Failure* failure = take_failure();
  if (each.stopping || !failure) return free_failure(failure);
  auto index = static_cast<int64_t>(at);
  const void* item = item_at(each, at);
  if (!each.policy.skips || !is_skippable(*failure)) {
    name_item(failure, index, item, each.item);
    return stop(each, failure);
  }
  note_item(each.caller->call.site, *failure, index, item, each.item);
  ++each.batch.skipped;
  if (g_watcher) g_watcher->item_skipped(each.batch.site, *failure, index);
  Failure* many = too_many_skipped(each.policy, each.caller->call.site, each.batch.skipped,
                                   static_cast<int64_t>(each.count), failure);
  pf_item_error error = keep_item_error(failure, index, item, each.item);
  each.errors.head =
      static_cast<pf_list_head*>(pf_list_push(each.errors.head, &error, &kItemErrorType));
  if (many) return stop(each, many);
  mark_partial(each.caller);
}

/// Takes what came of an item and frees its frame.
void take_item(Each& each, pf_frame* child, pf_status status) {
  size_t index = record_of<Item>(child)->index;
  if (status == PF_FAILED) {
    item_failed(each, index);
  } else {
    ++each.batch.done;
    if (each.result) move_results(child, list_at(each.results, index, each.result));
  }
  free_frame(child, kExtra);
  tell_batch(each.batch, BatchChange::Item);
}

void item_ended(pf_frame* child, pf_status status);

void start_item(Each& each) {
  pf_frame* child = new_frame(each.flow, kExtra);
  size_t index = each.next++;
  record_of<Item>(child)->index = index;
  child->parent = each.caller;
  child->ended = item_ended;
  bind_param(child, 0, item_at(each, index));
  BlockLayout layout;
  layout.next(&kJsonArrayType);
  bind_params(child, 1, each.arguments, layout);
  each.pace.start(each.policy);
  pf_status status = start_frame(child, each.caller, 0, each.caller->call.site);
  if (status == PF_PENDING)
    link(each, child);
  else
    take_item(each, child, status);
}

// ---- all items ---------------------------------------------------------------------------

bool starts_no_more(const Each& each) { return each.stopping || each.next == each.count; }

bool is_done(const Each& each) { return each.running == 0 && starts_no_more(each); }

bool all_are_here(const Gate& gate) {
  const auto& each =
      *reinterpret_cast<const Each*>(reinterpret_cast<const char*>(&gate) - offsetof(Each, gate));
  const bool is_full = each.running >= static_cast<size_t>(each.policy.parallel);
  return gate.standing >= each.running && (is_full || starts_no_more(each));
}

void run_on(Each* each);

/// Starts items until one has to wait for another, or for its time.
void start_items(Each& each) {
  auto parallel = static_cast<size_t>(each.policy.parallel);
  while (!each.stopping && each.next < each.count && each.running < parallel) {
    if (is_interrupted()) return stop(each, nullptr);
    if ((each.policy.set & PF_P_DEADLINE) && pf_clock() >= each.deadline_at) return stop_late(each);
    if (int64_t left = each.pace.left(each.policy)) {
      if (each.paced.place == 0)
        pf_timer_start(&each.paced, left, [](pf_timer* timer) {
          run_on(timer_owner<Each>(timer, offsetof(Each, paced)));
        });
      return;
    }
    start_item(each);
  }
}

/// Closes the gaps of skipped items.
void drop_gaps(Each& each) {
  size_t size = each.result->size, kept = 0, next_error = 0;
  const auto* errors = reinterpret_cast<pf_item_error*>(list_data(each.errors.head));
  for (size_t i = 0; i < each.count; ++i) {
    if (next_error < each.errors.head->len && errors[next_error].index == static_cast<int64_t>(i)) {
      ++next_error;
      continue;
    }
    if (kept != i)
      __builtin_memcpy(list_at(each.results, kept, each.result),
                       list_at(each.results, i, each.result), size);
    ++kept;
  }
  each.results->len = kept;
}

void sort_errors(Each& each) {
  auto* first = reinterpret_cast<pf_item_error*>(list_data(each.errors.head));
  std::sort(first, first + each.errors.head->len,
            [](const pf_item_error& a, const pf_item_error& b) { return a.index < b.index; });
}

void deliver(Each& each) {
  if (each.errors.head) sort_errors(each);
  if (each.result && each.errors.head) drop_gaps(each);
  each.out->results.head = each.results;
  each.out->errors = each.errors;
  each.out->skipped = static_cast<int64_t>(list_len(each.errors.head));
}

/// Frees the state; what came of it is in the caller's call.
pf_status close_each(Each* each) {
  pf_timer_stop(&each->deadline);
  close_gate(each->gate);
  tell_batch(each->batch, BatchChange::Ended);
  pf_frame* caller = each->caller;
  if (each->policy.skips)
    count_skipped(caller->call.site, each->batch.skipped, static_cast<int64_t>(each->next));
  pf_status status = each->stopping ? PF_FAILED : PF_DONE;
  if (status == PF_DONE) {
    deliver(*each);
  } else {
    list_release(each->results, each->result);
    list_release(each->errors.head, &kItemErrorType);
  }
  if (each->failure) {
    each->failure->done = static_cast<size_t>(each->batch.done);
    each->failure->all = each->count;
  }
  give_failure(&caller->call, each->failure);
  free(each);
  return status;
}

void run_on(Each* each) {
  start_items(*each);
  if (!is_done(*each)) return look_at(each->gate);
  pf_call* call = &each->caller->call;
  pf_complete(call, close_each(each));
}

void item_ended(pf_frame* child, pf_status status) {
  auto* each = static_cast<Each*>(child->parent->call.state);
  unlink(*each, child);
  take_item(*each, child, status);
  run_on(each);
}

void cancel_each(pf_call* call) {
  auto* each = static_cast<Each*>(call->state);
  if (!each->stopping) stop(*each, nullptr);
  if (is_done(*each)) pf_complete(call, close_each(each));
}

void deadline_fired(pf_timer* timer) {
  Each* each = timer_owner<Each>(timer, offsetof(Each, deadline));
  if (!each->stopping) stop_late(*each);
  run_on(each);
}

pf_list_head* zeroed_list(size_t count, const pf_type* element) {
  if (count == 0) return nullptr;
  auto* head =
      static_cast<pf_list_head*>(allocate_zeroed(sizeof(pf_list_head) + count * element->size));
  head->count = 1;
  head->len = head->capacity = count;
  return head;
}

Each* new_each(pf_frame* caller, const pf_frame_info* flow, const void* arguments,
               const pf_policy& policy, pf_each_out* out) {
  auto* each = static_cast<Each*>(allocate_zeroed(sizeof(Each)));
  each->caller = caller;
  each->flow = flow;
  each->arguments = arguments;
  each->out = out;
  each->policy = with_defaults(policy);
  if (policy.batch && !(policy.set & PF_P_PARALLEL)) each->policy.parallel = kBatchItems;
  each->gate.all_are_here = all_are_here;
  each->budget.limit = policy.budget;
  each->items = static_cast<const pf_list*>(arguments)->head;
  each->item = flow->params[0].type;
  each->count = list_len(each->items);
  each->batch.site = caller->call.site;
  each->batch.items = static_cast<int64_t>(each->count);
  if (flow->result_count != 0) {
    each->result = flow->results[0].type;
    each->results = zeroed_list(each->count, each->result);
  }
  if (__builtin_add_overflow(pf_clock(), policy.deadline, &each->deadline_at))
    each->deadline_at = INT64_MAX;
  return each;
}

}  // namespace

void each_lets_pass(pf_frame* child) {
  if (child->ended != item_ended) return;
  auto* each = static_cast<Each*>(child->parent->call.state);
  ++each->policy.parallel;
  run_on(each);
}

bool each_above(pf_frame* child, Above& above) {
  if (child->ended != item_ended) return false;
  auto* each = static_cast<Each*>(child->parent->call.state);
  above.item = static_cast<int64_t>(record_of<Item>(child)->index);
  if (each->policy.set & PF_P_BUDGET) above.budget = &each->budget;
  if (each->policy.batch) above.gate = &each->gate;
  return true;
}

}  // namespace pflow::rt

int32_t pf_each_start(pf_frame* caller, const void* flow, const void* arguments, const void* policy,
                      void* out) {
  using namespace pflow::rt;
  const auto& given = *static_cast<const pf_policy*>(policy);
  if (Failure* wrong = policy_problem(given, caller->call.site)) {
    give_failure(&caller->call, wrong);
    return PF_FAILED;
  }
  Each* each = new_each(caller, static_cast<const pf_frame_info*>(flow), arguments, given,
                        static_cast<pf_each_out*>(out));
  caller->call.state = each;
  tell_batch(each->batch, BatchChange::Began);
  start_items(*each);
  if (is_done(*each)) return close_each(each);
  caller->call.cancel = cancel_each;
  if (each->policy.set & PF_P_DEADLINE)
    pf_timer_start(&each->deadline, each->deadline_at - pf_clock(), deadline_fired);
  return PF_PENDING;
}
