/// Who hears of what a run does: its log, a trace, progress on the terminal, a report.
#pragma once

#include "runtime/src/recorder/effect.h"
#include "runtime/src/recorder/step.h"
#include "runtime/src/running/watcher.h"

namespace pflow::rt {

/// What becomes of a step before it is carried out.
enum class Answer : unsigned char {
  None,    ///< it is carried out
  Done,    ///< what it gives is known and now in `out` …
  Failed,  ///< … or its failure is that of the call
  Later    ///< who answers completes the call, and has set its `cancel`
};

/// What a listener does not want to hear of is null. Each keeps what it likes under its number in
/// `kept` of steps and effects; at their ends it frees that.
struct Listener {
  void (*step_began)(Step& step, int number);
  /// After all have heard that it began; unless the answer is `None` it is not carried out. It
  /// still ends for all.
  Answer (*answers)(Step& step, int number, void* out);
  /// Of a step that may wait, and is over: whether it ends later, when who holds it completes the
  /// call once more; its `cancel` is set.
  bool (*holds)(Step& step, int number, pf_status status);
  void (*step_ended)(Step& step, int number, pf_status status);

  // Questions to models.
  void (*question_began)(pf_effect& effect, int number);
  void (*said)(pf_effect& effect, int number, const char* part, const pf_str& text);
  void (*question_ended)(pf_effect& effect, int number, pf_status status);

  // As `Watcher` has them.
  void (*tries_again)(const pf_site* site, const Failure& why, int64_t attempt, int64_t wait);
  void (*item_skipped)(const pf_site* site, const Failure& why, int64_t index);
  void (*batch)(const Batch& batch, BatchChange change);
  bool (*recalls)(const char* key, CacheRecall& recall);
  void (*cache_looked)(const CacheLookup& lookup);
  bool asks_why;  ///< of a miss; else it may come without

  void (*end_run)(int exit_code);
};

/// From here on. What begins later is told to who listens then. Gives the listener's number.
int listen(const Listener& listener);
/// Tells who listens that the run is over.
void end_recording(int exit_code);

}  // namespace pflow::rt
