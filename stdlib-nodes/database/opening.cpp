#include "opening.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stdlib-nodes/files/path_text.h"
#include "stopping.h"
#include "words.h"

namespace pf_database {
namespace {

/// How long another program may hold the database.
constexpr int kBusyMs = 5000;
/// Virtual machine steps between two looks at `stopped`.
constexpr int kSteps = 1000;

/// Whether the statements make something in an empty database before one fails there; what
/// is wrong with that one, but for what the database does not hold, goes to `problem`.
bool write_something(const std::string& text, std::string& problem) {
  sqlite3* empty = nullptr;
  bool writes = false;
  if (sqlite3_open(":memory:", &empty) == SQLITE_OK) {
    const char* rest = text.c_str();
    sqlite3_stmt* statement = nullptr;
    int code;
    do {
      sqlite3_finalize(statement);
      code = sqlite3_prepare_v2(empty, rest, -1, &statement, &rest);
      writes = statement && sqlite3_stmt_readonly(statement) == 0;
    } while (code == SQLITE_OK && statement && !writes);
    sqlite3_finalize(statement);
    std::string message = sqlite3_errmsg(empty);
    bool absent = message.starts_with("no such ") || message.starts_with("unknown database");
    if (code != SQLITE_OK && !absent) problem = message;
  }
  sqlite3_close(empty);
  return writes;
}

std::string why_closed(const std::string& path, sqlite3* db) {
  struct stat found;
  if (stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode)) return "it is a folder";
  int error = db ? sqlite3_system_errno(db) : ENOMEM;
  if (error != 0) return std::string("cannot open the database: ") + pf_files::reason(error);
  return sqlite3_errmsg(db);
}

}  // namespace

sqlite3* open_database(const Statements& statements, Rows& rows) {
  int flags = statements.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  const std::string& path = statements.path;
  if (path != ":memory:" && access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
    if (!statements.read_only && write_something(statements.text, rows.problem)) {
      flags |= SQLITE_OPEN_CREATE;
    } else {
      if (rows.problem.empty()) rows.problem = "no such file; statements that write make it";
      rows.unreadable = true;
      return nullptr;
    }
  }
  // Databases that are attached are opened alike: a new one begins with what it creates.
  if (!statements.read_only && has_word(statements.text, "create")) flags |= SQLITE_OPEN_CREATE;
  sqlite3* db = nullptr;
  if (sqlite3_open_v2(path.c_str(), &db, flags, nullptr) == SQLITE_OK) {
    sqlite3_extended_result_codes(db, 1);
    let_stop<kBusyMs, kSteps>(db, statements.stopped);
    return db;
  }
  rows.problem = why_closed(path, db);
  rows.unreadable = true;
  sqlite3_close(db);
  return nullptr;
}

}  // namespace pf_database
