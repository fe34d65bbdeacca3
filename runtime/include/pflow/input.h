/* Waiting for standard input, which others may share: its flags stay as they are. */
#ifndef PFLOW_INPUT_H
#define PFLOW_INPUT_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Who waits; `next` is the loop's. */
typedef struct pf_input_wait {
  void (*ready)(void* state);
  void* state;
  struct pf_input_wait* next;
} pf_input_wait;

/* Calls `ready` of whoever has waited longest in each round of the loop in which standard
 * input can be read or has ended, until `pf_loop_leave_input`. False: it is a file, say,
 * and never makes its reader wait. */
bool pf_loop_await_input(pf_input_wait* wait);
void pf_loop_leave_input(pf_input_wait* wait);

#ifdef __cplusplus
}
#endif
#endif
