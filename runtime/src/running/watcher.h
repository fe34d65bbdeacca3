/// What who watches a run hears of calls that end, tries and items.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/failures/failure.h"

namespace pflow::rt {

/// The items of an `each`.
struct Batch {
  const pf_site* site;
  int64_t items;    ///< how many there are; negative: of a stream, nobody knows
  int64_t done;     ///< whose flow has given its result …
  int64_t skipped;  ///< … or failed and was left out
};
enum class BatchChange : unsigned char { Began, Item, Ended };

/// A stage with `cache`, when it looks for its results or keeps them.
enum class CacheAnswer : unsigned char { Hit, Miss, NotKept };
struct CacheLookup {
  const pf_call& call;
  CacheAnswer answer;
  pf_str why;       ///< what differs from what is stored; of a hit empty, or whose result it takes
  const char* key;  ///< equal for equal calls; null: the stage has none
  pf_str results;   ///< of a hit, JSON; empty where another call still makes them
};
/// What came of a lookup in an earlier part of the run.
struct CacheRecall {
  bool hit;
  pf_str results;  ///< the receiver owns them
};

struct Watcher {
  /// Of a call whose `step` is set: whether it is completed once more, later.
  bool (*holds)(pf_call& call, pf_status status);
  /// Of a call whose `step` is set, and which was pending.
  void (*step_ended)(pf_call& call, pf_status status);
  /// After try number `attempt` of the stage at `site` another comes after `wait` nanoseconds.
  void (*tries_again)(const pf_site* site, const Failure& why, int64_t attempt, int64_t wait);
  void (*item_skipped)(const pf_site* site, const Failure& why, int64_t index);
  void (*batch)(const Batch& batch, BatchChange change);
  /// Whether anybody wants to know why nothing fits: to find that out is work.
  bool (*asks_why)();
  /// Before a lookup: whether it is known what comes of it.
  bool (*recalls)(const char* key, CacheRecall& recall);
  void (*cache_looked)(const CacheLookup& lookup);
};
/// Null: nobody watches.
extern const Watcher* g_watcher;

inline void tell_batch(const Batch& batch, BatchChange change) {
  if (g_watcher) g_watcher->batch(batch, change);
}

}  // namespace pflow::rt
