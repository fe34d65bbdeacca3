/* Questions of the items of an `each` with the policy `batch`, which go to a provider together. All
 * of it belongs to the loop thread. */
#ifndef PFLOW_BATCH_H
#define PFLOW_BATCH_H

#include "pflow/waiting.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A pending call that waits for those of the other items. Lives where its owner puts it. */
typedef struct pf_gathered pf_gathered;
struct pf_gathered {
  pf_call* call;
  /* Called from the loop once no item is left that could still come: with the first of all that
   * wait, linked by `next` in the order in which they came. They wait no longer. */
  void (*complete)(pf_gathered* first);
  /* Of the runtime: */
  pf_gathered *next, *previous;
  void* gate;
};

/* Whether the call is the first try of a stage in an item of such an `each`. */
bool pf_gathers(const pf_call* call);
/* From here on the call waits; pf_gathers says that it may. */
void pf_gather(pf_gathered* gathered);
/* It is cancelled before the others have come. */
void pf_gather_leave(pf_gathered* gathered);

/* What programs with a journal link besides; without it these are null. */

/* A batch with these calls, in their order, is about to be sent (one that has ended is null);
 * `token`, the caller's, is what the provider is to know it by. False: the run keeps no journal. */
bool pf_batch_begun(pf_call* const* calls, size_t count, pf_str* token)
    __attribute__((weak, visibility("default")));
/* The provider has it, and calls it that; an empty id: it has refused it. */
void pf_batch_sent(const pf_str* token, const pf_str* id)
    __attribute__((weak, visibility("default")));
/* What a run before has done with a call; the texts are borrowed. */
typedef struct pf_batch_call {
  pf_str token;
  pf_str id;    /* empty: nobody knows whether the batch was sent … */
  bool again;   /* … and `--in-doubt again` was given */
  size_t place; /* of the call in it */
} pf_batch_call;
/* False: it has put it into none. */
bool pf_batch_before(const pf_call* call, pf_batch_call* before)
    __attribute__((weak, visibility("default")));
/* Whether the run ends when nothing else is left to do, and another one goes on with the batch.
 * `call` and `shown` are set. False: it waits itself. */
bool pf_batch_wait_begin(pf_waiting* waiting) __attribute__((weak, visibility("default")));
void pf_batch_wait_end(pf_waiting* waiting) __attribute__((weak, visibility("default")));

#ifdef __cplusplus
}
#endif
#endif
