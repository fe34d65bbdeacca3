/* The event loop, for async nodes. Everything here belongs to the loop thread,
 * which is the one that runs the flow and calls every node.
 *
 * An async node starts its work on `pf_loop_uv()`, keeps its state in
 * `call->state`, sets `call->cancel` and returns PF_PENDING. When the work has
 * ended and its handles are closed, it fills `out` and calls
 * `pf_complete(call, status)` once: what that wakes runs after the callback, so
 * nothing happens under the node's feet. `call->cancel` may be called at most
 * once; the node still completes, soon, with any status.
 * Work for other threads goes through `uv_queue_work`. */
#ifndef PFLOW_LOOP_H
#define PFLOW_LOOP_H

#include <uv.h>

#include "pflow/abi.h"
#include "pflow/input.h"
#include "pflow/timer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The loop; lives until the process ends. */
uv_loop_t* pf_loop_uv(void);

#ifdef __cplusplus
}
#endif
#endif
