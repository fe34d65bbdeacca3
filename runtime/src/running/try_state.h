/// A stage under its policies while it runs: what `try.cpp` drives and `flight.cpp` lets
/// equal stages share.
#pragma once

#include "pflow/policy.h"
#include "pflow/timer.h"
#include "runtime/src/cache/cache.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/running/budget.h"

namespace pflow::rt {

enum class Stop : unsigned char { None, Timeout, Deadline, Cancelled };

/// What the caller's call holds as its state.
struct Try {
  pf_frame* caller;
  const pf_frame_info* flow;
  const void* arguments;
  void* out;
  pf_policy policy;
  Budget budget;
  int64_t deadline_at;
  int64_t attempt;
  int64_t started_at;  ///< the running try
  pf_frame* child;     ///< null in the wait between two tries, and while it follows
  Failure* failure;    ///< of the last try
  void* ticket;        ///< of the cache; null: nothing is looked up or kept
  pf_timer timer;      ///< the timeout of the try, or the wait
  pf_timer deadline;
  Stop stop;
  bool partial;  ///< items that failed were left out: the results are not kept

  // Of equal stages that are cached one leads, and those that wait for it follow.
  bool leads;
  Try* leader;     ///< of one that follows
  Try* next;       ///< of its leader's followers; of one that leads, in the table
  Try* followers;  ///< in the order in which they came
  uint64_t seen;   ///< the last search that was here
};

/// The Try whose running try the frame is; null: it is none.
[[nodiscard]] Try* try_of(const pf_frame* child);

/// Marks the stages under which the frame runs as partial.
void mark_partial(const pf_frame* frame);

// What flight.cpp asks of the one that it wakes.

/// Its results are in `out`, or its failure is set: its call completes.
void complete_try(Try* t, pf_status status);
/// Its own tries begin now.
void begin_tries(Try* t);
/// It goes on with the try that runs for `from`, or with the wait before the next one.
void take_over(Try* t, Try* from);
/// The time that it has for a try, from now on.
void start_timeout(Try* t);

}  // namespace pflow::rt
