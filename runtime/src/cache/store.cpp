#include "runtime/src/cache/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pflow/timer.h"
#include "runtime/src/program/config.h"

namespace pflow::rt {
namespace {

constexpr int kBusyMs = 2000;
constexpr char kSchema[] =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, place TEXT NOT NULL,"
    "  ingredients TEXT NOT NULL, value TEXT NOT NULL, stored_at INTEGER NOT NULL)"
    "  WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS results_by_place ON results (place, stored_at);";

struct Store {
  bool opened;
  sqlite3* database;
  const char* problem;
};
Store g_store;

/// Makes the folders of a path, all but its last part.
void make_folders(char* path) {
  for (char* at = path + 1; *at; ++at) {
    if (*at != '/') continue;
    *at = '\0';
    mkdir(path, 0700);
    *at = '/';
  }
}

/// The file is its user's alone, as results may be private.
const char* make_file(char* path) {
  make_folders(path);
  int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return strerror(errno);
  close(file);
  return nullptr;
}

const char* open_database() {
  Buffer path;
  if (!add_config_path(path, "cache/results.db")) return "there is no folder for it";
  (void)path.c_str();
  if (const char* problem = make_file(path.data())) return problem;
  int status = sqlite3_open_v2(path.c_str(), &g_store.database, SQLITE_OPEN_READWRITE, nullptr);
  if (status != SQLITE_OK) return sqlite3_errstr(status);
  sqlite3_busy_timeout(g_store.database, kBusyMs);
  status = sqlite3_exec(g_store.database, kSchema, nullptr, nullptr, nullptr);
  return status == SQLITE_OK ? nullptr : sqlite3_errstr(status);
}

void close_store() {
  sqlite3_close(g_store.database);
  g_store = {};
}

/// Null when it cannot be used.
sqlite3* database() {
  if (!g_store.opened) {
    g_store.opened = true;
    g_store.problem = open_database();
    atexit(close_store);
  }
  return g_store.problem ? nullptr : g_store.database;
}

class Statement {
 public:
  explicit Statement(const char* sql) {
    if (sqlite3* store = database()) sqlite3_prepare_v2(store, sql, -1, &statement_, nullptr);
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  void bind(int place, pf_str text) {
    sqlite3_bind_text64(statement_, place, text.data ? text.data : "", text.len, SQLITE_STATIC,
                        SQLITE_UTF8);
  }
  void bind(int place, int64_t number) { sqlite3_bind_int64(statement_, place, number); }
  /// Whether there is a row.
  bool step() { return statement_ && sqlite3_step(statement_) == SQLITE_ROW; }
  pf_str text(int column) {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data, static_cast<size_t>(sqlite3_column_bytes(statement_, column)), nullptr};
  }
  int64_t number(int column) { return sqlite3_column_int64(statement_, column); }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace

bool load_result(const char* key, StoredResult& out) {
  Statement select("SELECT value, stored_at FROM results WHERE key = ?");
  select.bind(1, view(key));
  if (!select.step()) return false;
  out.value.add(select.text(0));
  out.stored_at = select.number(1);
  return true;
}

void save_result(const char* key, pf_str place, pf_str ingredients, pf_str value) {
  Statement insert("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)");
  insert.bind(1, view(key));
  insert.bind(2, place);
  insert.bind(3, ingredients);
  insert.bind(4, value);
  insert.bind(5, pf_wall_clock());
  insert.step();
}

void visit_stored(pf_str place, void (*visit)(void* state, pf_str ingredients), void* state) {
  Statement select(
      "SELECT ingredients FROM results WHERE place = ? ORDER BY stored_at DESC LIMIT 100");
  select.bind(1, place);
  while (select.step()) visit(state, select.text(0));
}

const char* store_problem() {
  database();
  return g_store.problem;
}

}  // namespace pflow::rt
