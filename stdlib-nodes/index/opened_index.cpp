#include "opened_index.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stdlib-nodes/database/stopping.h"
#include "stdlib-nodes/files/path_text.h"

namespace pf_index {
namespace {

/// How long another program may hold the file.
constexpr int kBusyMs = 30'000;
/// Virtual machine steps between two looks at `stopped`.
constexpr int kSteps = 10'000;

/// `pfix`, where SQLite keeps who a file belongs to.
constexpr int64_t kMark = 0x70666978;
constexpr const char* kTables =
    "pragma application_id = 1885759864;"
    "create table entries(id integer primary key, key text not null unique, text text not null);"
    "create table vectors(id integer primary key, vector blob not null)";

std::string why_closed(const std::string& path, sqlite3* db) {
  struct stat found;
  if (stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode)) return "it is a folder";
  int error = db ? sqlite3_system_errno(db) : ENOMEM;
  return error != 0 ? pf_files::reason(error) : sqlite3_errmsg(db);
}

}  // namespace

OpenedIndex::OpenedIndex(const Place& place, Access access) : place_(place) {
  open(access);
  if (good()) check(access);
}

OpenedIndex::~OpenedIndex() { sqlite3_close(db_); }

void OpenedIndex::open(Access access) {
  int flags = access == Access::Read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (access == Access::Make) flags |= SQLITE_OPEN_CREATE;
  const char* path = place_.path.c_str();
  if (access != Access::Make && ::access(path, F_OK) != 0) {
    int why = errno;
    fail(PF_E_IO, why == ENOENT ? "no such file; `index_add` makes it" : pf_files::reason(why));
    return;
  }
  if (sqlite3_open_v2(path, &db_, flags, nullptr) != SQLITE_OK) {
    fail(PF_E_IO, "cannot open the index: " + why_closed(place_.path, db_));
    return;
  }
  sqlite3_extended_result_codes(db_, 1);
  pf_database::let_stop<kBusyMs, kSteps>(db_, place_.stopped);
}

/// Under a lock, so that of two programs that make the file one finds it made.
void OpenedIndex::check(Access access) {
  bool makes = access == Access::Make;
  // Whole pages of vectors; it counts for a new file alone.
  if (makes && !run("pragma page_size = 32768")) return;
  if (!run(access == Access::Read ? "begin" : "begin immediate")) return;
  if (number("pragma application_id") == kMark) return;
  bool empty = good() && number("select count(*) from sqlite_schema") == 0;
  if (!good()) return;
  if (!empty || !makes)
    fail(PF_E_VALUE, "it is no index");
  else
    run(kTables);
}

bool OpenedIndex::fail(pf_error_kind kind, std::string text) {
  if (good()) problem_ = {kind, place_.path + ": " + std::move(text), false};
  return false;
}

bool OpenedIndex::fail() {
  int code = sqlite3_errcode(db_) & 0xff;
  if (code == SQLITE_NOTADB) return fail(PF_E_VALUE, "it is no index");
  if (code == SQLITE_CORRUPT) return fail(PF_E_VALUE, "the index is broken");
  fail(PF_E_IO, sqlite3_errmsg(db_));
  problem_.busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;
  return false;
}

bool OpenedIndex::run(const char* statement) {
  return good() && (sqlite3_exec(db_, statement, nullptr, nullptr, nullptr) == SQLITE_OK || fail());
}

sqlite3_stmt* OpenedIndex::prepare(const char* text) {
  sqlite3_stmt* made = nullptr;
  if (good() && sqlite3_prepare_v2(db_, text, -1, &made, nullptr) != SQLITE_OK) fail();
  return made;
}

int64_t OpenedIndex::number(const char* query) {
  Statement statement(*this, query);
  if (!statement.get()) return 0;
  if (sqlite3_step(statement.get()) == SQLITE_ROW) return sqlite3_column_int64(statement.get(), 0);
  if (sqlite3_errcode(db_) != SQLITE_DONE) fail();
  return 0;
}

size_t OpenedIndex::dimensions() {
  return static_cast<size_t>(number("select length(vector) from vectors limit 1")) / sizeof(float);
}

}  // namespace pf_index
