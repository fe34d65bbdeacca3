#include "runtime/src/cache/upkeep.h"

#include <time.h>
#include <unistd.h>

#include "runtime/src/cache/database.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/number_text.h"

namespace pflow::rt {
namespace {

/// Flows hold their locks for moments.
int wait_for_lock(void*, int before) {
  constexpr int kMost = 250;
  sqlite3_sleep(20);
  return before < kMost;
}

/// So that a flow never waits long for a long removal.
constexpr int kRemovedAtOnce = 500;

std::string database_path() {
  Buffer path;
  return add_database_path(path) ? std::string(path.c_str()) : std::string();
}

/// An open file, closed at the end.
struct File {
  File(const std::string& path, Opening how)
      : status(open_database(path.c_str(), how, wait_for_lock, &database)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { sqlite3_close_v2(database); }

  sqlite3* database = nullptr;
  int status;
};

std::string problem_of(const std::string& path, int status) {
  return "`" + path + "`: " + database_problem(status);
}

constexpr char kNoFolder[] = "there is no folder for the cache: set PFLOW_HOME or HOME";

int64_t now() {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

int remove_some(sqlite3* database, const Selection& selection, int64_t before) {
  Statement remove(database,
                   "DELETE FROM results WHERE id IN (SELECT id FROM results"
                   "  WHERE (?1 = '' OR node = ?1) AND stored_at < ?2 LIMIT ?3)");
  remove.bind(1, {selection.node.data(), selection.node.size(), nullptr});
  remove.bind(2, before);
  remove.bind(3, int64_t{kRemovedAtOnce});
  return remove.run();
}

int give_back(sqlite3* database) {
  for (;;) {
    Statement free_pages(database, "PRAGMA freelist_count");
    if (!free_pages.step() || free_pages.number(0) == 0) return SQLITE_OK;
    Statement some(database, "PRAGMA incremental_vacuum(500)");
    int status = some.run();
    if (status != SQLITE_OK) return status;
  }
}

void remove_files(const std::string& path) {
  for (const char* end : {"", "-wal", "-shm"}) unlink((path + end).c_str());
}

}  // namespace

bool read_age(const std::string& text, int64_t& out) {
  return read_duration({text.data(), text.size(), nullptr}, &out) == NumberText::Ok && out >= 0;
}

std::string read_cache(CacheContent& out) {
  out.path = database_path();
  if (out.path.empty()) return kNoFolder;
  out.exists = access(out.path.c_str(), F_OK) == 0;
  if (!out.exists) return "";
  File file(out.path, Opening::Reads);
  // What another version has stored is nothing to this one.
  if (file.status == kOtherVersion) return "";
  if (file.status != SQLITE_OK) return problem_of(out.path, file.status);
  Statement nodes(file.database,
                  "SELECT node, count(*), sum(size) FROM results GROUP BY node"
                  "  ORDER BY sum(size) DESC, node");
  while (nodes.step()) {
    pf_str node = nodes.text(0);
    out.nodes.push_back({std::string(node.data, node.len), nodes.number(1), nodes.number(2)});
    out.entries += nodes.number(1);
    out.bytes += nodes.number(2);
  }
  return nodes.status() == SQLITE_OK ? "" : problem_of(out.path, nodes.status());
}

std::string clear_cache(const Selection& selection, int64_t& removed) {
  removed = 0;
  std::string path = database_path();
  if (path.empty()) return kNoFolder;
  if (access(path.c_str(), F_OK) != 0) return "";
  const bool all = selection.node.empty() && selection.older_than < 0;
  File file(path, Opening::Writes);
  if (all && is_broken(file.status)) {
    remove_files(path);
    return "";
  }
  if (file.status == kOtherVersion) return "";
  int status = file.status;
  const int64_t before = selection.older_than < 0 ? INT64_MAX : now() - selection.older_than;
  for (int changes = 1; status == SQLITE_OK && changes > 0;) {
    status = remove_some(file.database, selection, before);
    changes = status == SQLITE_OK ? sqlite3_changes(file.database) : 0;
    removed += changes;
  }
  if (status == SQLITE_OK) status = give_back(file.database);
  return status == SQLITE_OK ? "" : problem_of(path, status);
}

}  // namespace pflow::rt
