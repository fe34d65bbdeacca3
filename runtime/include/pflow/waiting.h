/* What a call waits for that may come in a later run: the answer of a person, an event, a batch of
 * questions. Part of the journal, without which nobody could go on with the run. */
#ifndef PFLOW_WAITING_H
#define PFLOW_WAITING_H

#include "pflow/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pf_waiting_kind { PF_WAITS_ANSWER, PF_WAITS_EVENT, PF_WAITS_BATCH } pf_waiting_kind;

typedef struct pf_waiting pf_waiting;
struct pf_waiting {
  pf_call* call;
  pf_str name;  /* what `--answer` or `--event` calls it */
  pf_str shown; /* what is asked, or is under way, as long as the call lives; empty for an event */
  pf_waiting_kind kind;
  int64_t deadline; /* nanoseconds from when it was waited for first; negative: any */
  /* What has come while it waited, or null as the deadline has: the result of the call, which who
   * calls this completes. Frees the wait. Not of a batch. */
  pf_status (*take)(pf_waiting* waiting, const pf_str* given);
  /* Of the runtime: */
  struct pf_waiting *next, *previous;
  bool lets_pass; /* other items have begun in its place */
};

/* `deploy[3]`: the label of the call's stage, or else its site, and the items that it is in. The
 * caller's. */
pf_str pf_waiting_name(const pf_call* call);
/* What the command line gives for it, once; the caller's. False: nothing. */
bool pf_waiting_given(const pf_str* name, bool is_event, pf_str* out);
/* From here on the run waits for it, and ends with exit code 3 when nothing else is left to do; or
 * who calls the program's flows is told of it, and gives the answer. False: neither can be. */
bool pf_waiting_begin(pf_waiting* waiting);
/* Whether who calls is asked, not the terminal. */
bool pf_waiting_is_hosted(void);
void pf_waiting_end(pf_waiting* waiting);

#ifdef __cplusplus
}
#endif
#endif
