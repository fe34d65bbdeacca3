/// SQLite on a thread of its own, which whoever waits for it may stop.
#pragma once

#include <sqlite3.h>
#include <unistd.h>

#include <atomic>

namespace pf_database {

inline bool is_set(const void* flag) { return static_cast<const std::atomic<bool>*>(flag)->load(); }

/// Lets what runs in `db` end once `stopped` is set, which is looked at every kSteps steps of its
/// virtual machine, and lets it wait kBusyMs for another program that holds the file.
template <int kBusyMs, int kSteps>
void let_stop(sqlite3* db, const std::atomic<bool>* stopped) {
  constexpr int kLookMs = 10;
  auto* flag = const_cast<std::atomic<bool>*>(stopped);
  sqlite3_busy_handler(
      db,
      [](void* waiting, int times) {
        if (times >= kBusyMs / kLookMs || is_set(waiting)) return 0;
        usleep(kLookMs * 1000);
        return 1;
      },
      flag);
  sqlite3_progress_handler(db, kSteps, [](void* running) { return is_set(running) ? 1 : 0; }, flag);
}

}  // namespace pf_database
