#include "runtime/src/running/flight.h"

#include <string.h>

#include "runtime/src/running/children.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/gate.h"
#include "runtime/src/values/list.h"

namespace pflow::rt {
namespace {

constexpr size_t kBuckets = 256;
Try* g_leaders[kBuckets];
uint64_t g_search;

const char* key_of(const Try& t) { return pf_cache.key(t.ticket); }

/// Keys are hashes in hexadecimal digits.
Try*& bucket_of(const char* key) {
  size_t sum = 0;
  for (int i = 0; i < 4; ++i) sum = sum * 31 + static_cast<unsigned char>(key[i]);
  return g_leaders[sum % kBuckets];
}

Try* leader_for(const Try& t) {
  const char* key = key_of(t);
  Try* leader = bucket_of(key);
  while (leader && strcmp(key_of(*leader), key) != 0) leader = leader->next;
  return leader;
}

void enter(Try* t) {
  Try*& bucket = bucket_of(key_of(*t));
  t->next = bucket;
  bucket = t;
  t->leads = true;
}

void take_out(Try*& list, Try* t) {
  Try** at = &list;
  while (*at != t) at = &(*at)->next;
  *at = t->next;
  t->next = nullptr;
}

void leave(Try* t) {
  take_out(bucket_of(key_of(*t)), t);
  t->leads = false;
}

void follow(Try* t, Try* leader) {
  Try** last = &leader->followers;
  while (*last) last = &(*last)->next;
  *last = t;
  t->leader = leader;
}

/// Whether `leader` can end only after the frame has: the frame runs for it, or for one
/// that another one waits for.
bool waits_for(Try* leader, const pf_frame* frame) {
  for (; frame; frame = frame->parent) {
    Try* above = try_of(frame);
    if (!above || !above->leads || above->seen == g_search) continue;
    above->seen = g_search;
    if (above == leader) return true;
    for (Try* follower = above->followers; follower; follower = follower->next)
      if (waits_for(leader, follower->caller)) return true;
  }
  return false;
}

/// Whether two stages would be tried at the same times and as often.
bool tried_alike(const pf_policy& a, const pf_policy& b) {
  constexpr uint32_t kOfTries = PF_P_TIMEOUT | PF_P_RETRY_ON;
  return ((a.set ^ b.set) & kOfTries) == 0 && a.retries == b.retries && a.wait == b.wait &&
         a.backoff == b.backoff && a.max_wait == b.max_wait && a.jitter == b.jitter &&
         a.timeout == b.timeout && pf_value_equal(&a.retry_on, &b.retry_on, &kTextListType);
}

void copy_results(const Try& from, void* out) {
  BlockLayout layout;
  for (uint32_t i = 0; i < from.flow->result_count; ++i) {
    const pf_type* type = from.flow->results[i].type;
    const size_t offset = layout.next(type);
    const char* value = static_cast<const char*>(from.out) + offset;
    memcpy(static_cast<char*>(out) + offset, value, type->size);
    if (type->counted) pf_retain_value(value, type);
  }
}

/// The same failure, at the follower's own place when it was the stage's.
Failure* failure_for(const Try& t, const Try& led) {
  Failure* failure = copy_failure(*led.failure);
  if (failure->site == led.caller->call.site) failure->site = t.caller->call.site;
  return failure;
}

/// The first one of a list of former followers begins anew, the others follow that.
void wake(Try* list) {
  while (Try* each = list) {
    list = each->next;
    each->next = nullptr;
    begin_tries(each);
  }
}

Try* take_followers(Try* t) {
  Try* first = t->followers;
  t->followers = nullptr;
  for (Try* each = first; each; each = each->next) each->leader = nullptr;
  return first;
}

/// Ends the wait of one that followed; false: the failure is not its.
bool settle(Try* t, const Try& led, pf_status status) {
  Failure* failure = nullptr;
  if (status == PF_DONE) {
    copy_results(led, t->out);
    if (led.partial) mark_partial(t->caller);
  } else {
    if (!led.failure || !tried_alike(t->policy, led.policy)) return false;
    failure = failure_for(*t, led);
  }
  free_failure(t->failure);
  t->failure = failure;
  complete_try(t, status);
  return true;
}

}  // namespace

bool is_in_flight(const Try& t) { return leader_for(t) != nullptr; }

bool follow_or_lead(Try* t) {
  // One that waits for another's result would keep the batch of both waiting.
  if (gate_above(t->caller)) return false;
  Try* leader = leader_for(*t);
  if (!leader) {
    enter(t);
    return false;
  }
  ++g_search;
  if (waits_for(leader, t->caller)) return false;
  pf_cache.share(t->ticket);
  follow(t, leader);
  if (!tried_alike(t->policy, leader->policy)) start_timeout(t);
  return true;
}

void stop_following(Try* t) {
  if (!t->leader) return;
  take_out(t->leader->followers, t);
  t->leader = nullptr;
}

void hand_over(Try* t) {
  if (!t->leads) return;
  leave(t);  // nobody shall wait for what is being stopped
  Try* first = take_followers(t);
  if (!first) return;
  if (t->child && is_cancelled(t->child)) return wake(first);
  Try* others = first->next;
  enter(first);
  while (Try* other = others) {
    others = other->next;
    other->next = nullptr;
    follow(other, first);
  }
  take_over(first, t);
}

void end_flight(Try* t, pf_status status) {
  leave(t);
  Try* rest = take_followers(t);
  while (Try* follower = rest) {
    rest = follower->next;
    follower->next = nullptr;
    if (!settle(follower, *t, status)) begin_tries(follower);
  }
}

}  // namespace pflow::rt
