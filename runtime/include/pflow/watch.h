/* Who watches or records a run. */
#ifndef PFLOW_WATCH_H
#define PFLOW_WATCH_H

#include "pflow/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Linked only where that is asked for: the option of the executable that says how. */
struct pf_watch {
  const char* option;
  /* Before anything runs, with all parameters of the program. `value` is null when nobody gave the
   * option. False after pf_config_error. */
  bool (*begin)(const char* value, const pf_program* program, const void* params);
  /* Null, or sets parameters of the block that the command line has not, before one is missed.
   * False after pf_config_error. */
  bool (*fill)(const char* value, const pf_program* program, void* params, bool* set);
  bool repeats; /* the option may be given several times: the value is all of them, a line each */
};
extern const pf_watch pf_progress;
extern const pf_watch pf_trace;
extern const pf_watch pf_report;
extern const pf_watch pf_otlp;
extern const pf_watch pf_resume;
extern const pf_watch pf_resume_from;
extern const pf_watch pf_in_doubt;
extern const pf_watch pf_keep_results;
extern const pf_watch pf_journal_sync;
extern const pf_watch pf_answer;
extern const pf_watch pf_event;
extern const pf_watch pf_on_wait;
extern const pf_watch pf_journal;

#ifdef __cplusplus
}
#endif
#endif
