#include "runtime/src/cache/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "pflow/timer.h"
#include "runtime/src/cache/database.h"
#include "runtime/src/cache/size_bound.h"
#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/failures/report_json.h"
#include "runtime/src/running/scheduler.h"

namespace pflow::rt {
namespace {

/// How long one statement waits for another's lock. After a wait in vain none waits until
/// one has succeeded, so that a lock that stays costs this once.
constexpr int64_t kPatienceNs = 500'000'000;
/// After a file that could not be opened because of a lock.
constexpr int64_t kRestNs = 1'000'000'000;
constexpr size_t kUsedAtOnce = 64;
/// How many results go at once at most, so that a smaller bound holds nothing up.
constexpr int kEvictedAtOnce = 500;

struct Store {
  sqlite3* database;    ///< null while it is closed
  const char* problem;  ///< why it is
  bool gone;            ///< for the whole run
  bool hasty;           ///< the last wait was in vain
  bool told;
  int64_t rests_until;
  char used[kUsedAtOnce][65];  ///< keys of results that were used since the last write
  size_t used_count;
};
Store g_store;

/// What orders results by use is the machine's clock, also in virtual time.
int64_t now() {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

/// A signal ends the wait, as it ends all that the flow waits for.
int wait_for_lock(void*, int before) {
  static int64_t since;
  if (before == 0) since = now();
  if (g_store.hasty || is_interrupted() || now() - since > kPatienceNs) return 0;
  struct timespec moment = {0, 5'000'000};
  nanosleep(&moment, nullptr);
  return 1;
}

void tell(const char* problem, bool broken) {
  if (g_store.told || pf_quiet() || json_output()) return;
  g_store.told = true;
  Buffer line, path;
  line.format("notice: results are not cached: %s", problem);
  if (add_database_path(path)) line.format(" (%s)", path.c_str());
  line.add(broken ? "; `pflowc cache clear` makes it anew\n" : "\n");
  write_all(STDERR_FILENO, line.data(), line.size());
}

void close_database() {
  // A statement of it may still be open.
  sqlite3_close_v2(g_store.database);
  g_store.database = nullptr;
}

/// Takes note of how a statement ended; true when it succeeded.
bool check(int status) {
  if (status == SQLITE_OK || status == SQLITE_ROW) {
    g_store.hasty = false;
    return true;
  }
  g_store.problem = database_problem(status);
  tell(g_store.problem, is_broken(status));
  if (is_passing(status)) {
    g_store.hasty = true;
  } else if ((status & 0xff) != SQLITE_FULL) {
    g_store.gone = true;
    close_database();
  }
  return false;
}

bool run(const char* sql) {
  return check(sqlite3_exec(g_store.database, sql, nullptr, nullptr, nullptr));
}

void open_store() {
  Buffer path;
  if (!add_database_path(path)) {
    g_store.gone = true;
    g_store.problem = "no folder for it is set: PFLOW_HOME or HOME";
    return tell(g_store.problem, false);
  }
  int status = open_database(path.c_str(), Opening::Makes, wait_for_lock, &g_store.database);
  if (check(status)) {
    g_store.problem = nullptr;
    return;
  }
  close_database();
  g_store.rests_until = now() + kRestNs;
}

void write_used_alone();
void close_store() {
  if (g_store.used_count != 0 && g_store.database) write_used_alone();
  close_database();
}

/// Null when it cannot be used now.
sqlite3* database() {
  static bool registered;
  if (g_store.database || g_store.gone || now() < g_store.rests_until) return g_store.database;
  if (!registered) atexit(close_store);
  registered = true;
  open_store();
  return g_store.database;
}

// ---- what was used -----------------------------------------------------------------------

void write_used() {
  for (size_t i = 0; i < g_store.used_count && g_store.database; ++i) {
    Statement update(g_store.database, "UPDATE results SET used_at = ? WHERE key = ?");
    // In the order in which they were used.
    update.bind(1, now() + static_cast<int64_t>(i));
    update.bind(2, view(g_store.used[i]));
    if (!check(update.run())) break;
  }
  g_store.used_count = 0;
}

void write_used_alone() {
  if (run("BEGIN IMMEDIATE")) {
    write_used();
    if (g_store.database) run("COMMIT");
  }
  g_store.used_count = 0;
}

void note_use(const char* key) {
  if (g_store.used_count == kUsedAtOnce) write_used_alone();
  memcpy(g_store.used[g_store.used_count++], key, sizeof g_store.used[0]);
}

// ---- what goes -----------------------------------------------------------------------------

int64_t stored_bytes() {
  Statement total(g_store.database, "SELECT bytes FROM totals");
  return total.step() ? total.number(0) : 0;
}

bool evict(int64_t bound) {
  bool evicted = false;
  for (int i = 0; i < kEvictedAtOnce && stored_bytes() > bound; ++i) {
    Statement remove(g_store.database,
                     "DELETE FROM results WHERE id = (SELECT id FROM results ORDER BY used_at"
                     "  LIMIT 1)");
    if (!check(remove.run())) return false;
    evicted = true;
  }
  if (!evicted) return true;
  Statement give_back(g_store.database, "PRAGMA incremental_vacuum(64)");
  return check(give_back.run());
}

bool insert(const NewResult& result, int64_t size) {
  Statement insert(g_store.database,
                   "INSERT INTO results (key, node, place, size, stored_at, used_at, ingredients,"
                   "  value) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
                   "  node = excluded.node, place = excluded.place, size = excluded.size,"
                   "  stored_at = excluded.stored_at, used_at = excluded.used_at,"
                   "  ingredients = excluded.ingredients, value = excluded.value");
  insert.bind(1, view(result.key));
  insert.bind(2, result.node);
  insert.bind(3, result.place);
  insert.bind(4, size);
  insert.bind(5, pf_wall_clock());
  insert.bind(6, now() + static_cast<int64_t>(kUsedAtOnce));
  insert.bind(7, result.ingredients);
  insert.bind(8, result.value);
  return check(insert.run());
}

}  // namespace

bool load_result(const char* key, StoredResult& out) {
  if (!database()) return false;
  bool found;
  {
    Statement select(g_store.database, "SELECT value, stored_at FROM results WHERE key = ?");
    select.bind(1, view(key));
    found = select.step();
    if (found) {
      out.value.add(select.text(0));
      out.stored_at = select.number(1);
    }
    if (!found && !check(select.status())) return false;
  }
  if (found) note_use(key);
  return found;
}

void save_result(const NewResult& result) {
  const auto size = static_cast<int64_t>(strlen(result.key) + result.node.len + result.place.len +
                                         result.ingredients.len + result.value.len);
  const int64_t bound = cache_size_bound();
  if (size > bound || !database() || !run("BEGIN IMMEDIATE")) return;
  write_used();
  bool stored = g_store.database && insert(result, size) && evict(bound);
  if (g_store.database) run(stored ? "COMMIT" : "ROLLBACK");
}

void visit_stored(pf_str place, void (*visit)(void* state, pf_str ingredients), void* state) {
  if (!database()) return;
  Statement select(
      g_store.database,
      "SELECT ingredients FROM results WHERE place = ? ORDER BY stored_at DESC LIMIT 100");
  select.bind(1, place);
  while (select.step()) visit(state, select.text(0));
}

const char* store_problem() { return database() ? nullptr : g_store.problem; }

}  // namespace pflow::rt
