/* The policies of a stage as the runtime carries them out: ir/policies.def. */
#ifndef PFLOW_POLICY_H
#define PFLOW_POLICY_H

#include "pflow/abi.h"

/* Bits of pf_policy.set: those that were given. */
enum {
  PF_P_RETRIES = 1 << 0,
  PF_P_WAIT = 1 << 1,
  PF_P_BACKOFF = 1 << 2,
  PF_P_MAX_WAIT = 1 << 3,
  PF_P_JITTER = 1 << 4,
  PF_P_RETRY_ON = 1 << 5,
  PF_P_TIMEOUT = 1 << 6,
  PF_P_DEADLINE = 1 << 7,
  PF_P_CACHE = 1 << 8,
  PF_P_PARALLEL = 1 << 9,
  PF_P_RATE = 1 << 10,
  PF_P_SKIP_MAX = 1 << 11,
  PF_P_SKIP_SHARE = 1 << 12,
  PF_P_BUDGET = 1 << 13,
  PF_P_IN_DOUBT = 1 << 14,
  PF_P_BATCH = 1 << 15
};

typedef struct pf_policy {
  uint32_t set;
  bool skips; /* `on_error: skip` */
  int64_t retries;
  int64_t wait; /* nanoseconds, as all durations */
  double backoff;
  int64_t max_wait;
  bool jitter;
  pf_list retry_on; /* of str: kinds */
  int64_t timeout;
  int64_t deadline;
  int64_t cache; /* INT64_MAX: for ever */
  int64_t parallel;
  double rate;       /* starts a second */
  int64_t skip_max;  /* items that may be skipped */
  double skip_share; /* of the items, up to 1 */
  double budget;     /* US dollars */
  int64_t in_doubt;  /* 0: done again, 1: refused, 2: asked */
  bool batch;        /* questions to models wait for each other, and are sent together */
} pf_policy;

#endif
