/* Time, for async nodes: one heap of timers under all of them. Everything here
 * belongs to the loop thread.
 *
 * Under PFLOW_VIRTUAL_TIME=1, and in tests, nothing is slept through: when nothing
 * else is in flight, the clock jumps to the next timer. */
#ifndef PFLOW_TIMER_H
#define PFLOW_TIMER_H

#include <stddef.h>
#include <stdint.h>

#include "pflow/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zeroed at first; lives where its owner puts it, at one address while it runs. */
typedef struct pf_timer pf_timer;
struct pf_timer {
  void (*fired)(pf_timer* timer);
  int64_t when;   /* on pf_clock */
  uint64_t order; /* of equal times the earlier start comes first */
  size_t place;   /* in the heap, from 1; 0: not running */
};

/* Calls `fired` once, from the loop, after that time; a running timer starts anew. */
void pf_timer_start(pf_timer* timer, int64_t nanoseconds, void (*fired)(pf_timer* timer));
/* Does nothing to a timer that is not running. */
void pf_timer_stop(pf_timer* timer);

/* How long the call has waited already, in nanoseconds: in a run that goes on with another, since
 * it began there. 0 else. */
int64_t pf_waited(const pf_call* call);

/* Nanoseconds on a clock that only goes forward. */
int64_t pf_clock(void);
/* Nanoseconds since 1970, UTC; virtual time begins with the year 2026. */
int64_t pf_wall_clock(void);

#ifdef __cplusplus
}
#endif
#endif
