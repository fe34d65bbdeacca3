#include "runtime/src/cache/database.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/src/program/config.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {
namespace {

constexpr int kVersion = 2;

// `value` stands last, so that what looks at the other columns does not read it. `size` is
// in bytes; the times are nanoseconds, `stored_at` on pf_wall_clock.
constexpr char kTables[] =
    "DROP TABLE IF EXISTS results;"
    "DROP TABLE IF EXISTS totals;"
    "CREATE TABLE results (id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL,"
    "  node TEXT NOT NULL, place TEXT NOT NULL, size INTEGER NOT NULL,"
    "  stored_at INTEGER NOT NULL, used_at INTEGER NOT NULL, ingredients TEXT NOT NULL,"
    "  value TEXT NOT NULL);"
    "CREATE INDEX results_by_place ON results (place, stored_at);"
    "CREATE INDEX results_by_use ON results (used_at);"
    "CREATE TABLE totals (bytes INTEGER NOT NULL);"
    "INSERT INTO totals VALUES (0);"
    "CREATE TRIGGER results_more AFTER INSERT ON results BEGIN"
    "  UPDATE totals SET bytes = bytes + NEW.size; END;"
    "CREATE TRIGGER results_other AFTER UPDATE OF size ON results BEGIN"
    "  UPDATE totals SET bytes = bytes + NEW.size - OLD.size; END;"
    "CREATE TRIGGER results_less AFTER DELETE ON results BEGIN"
    "  UPDATE totals SET bytes = bytes - OLD.size; END;"
    "PRAGMA user_version = 2;";

/// Makes the folders of a path, all but its last part.
void make_folders(Buffer& path) {
  (void)path.c_str();
  for (char* at = path.data() + 1; *at; ++at) {
    if (*at != '/') continue;
    *at = '\0';
    mkdir(path.data(), 0700);
    *at = '/';
  }
}

/// The file is its user's alone, as results may be private.
int make_file(const char* path) {
  Buffer folders;
  folders.add(path);
  make_folders(folders);
  int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return SQLITE_CANTOPEN;
  close(file);
  return SQLITE_OK;
}

int run(sqlite3* database, const char* sql) {
  return sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
}

int read_version(sqlite3* database, int64_t* out) {
  Statement version(database, "PRAGMA user_version");
  if (version.step()) *out = version.number(0);
  return version.status() == SQLITE_ROW ? SQLITE_OK : version.status();
}

/// Two processes may come here at once: the second one finds the tables made.
int make_tables(sqlite3* database) {
  // Pages that become free can be given back only when this stands before the first table.
  run(database, "PRAGMA auto_vacuum = INCREMENTAL");
  int status = run(database, "BEGIN IMMEDIATE");
  if (status != SQLITE_OK) return status;
  int64_t version = 0;
  status = read_version(database, &version);
  if (status == SQLITE_OK && version < kVersion) status = run(database, kTables);
  if (status == SQLITE_OK) return run(database, "COMMIT");
  run(database, "ROLLBACK");
  return status;
}

int check_tables(sqlite3* database, Opening how) {
  int64_t version = 0;
  int status = read_version(database, &version);
  if (status != SQLITE_OK || version == kVersion) return status;
  if (how != Opening::Makes || version > kVersion) return kOtherVersion;
  return make_tables(database);
}

}  // namespace

bool add_database_path(Buffer& out) { return add_config_path(out, "cache/results.db"); }

int open_database(const char* path, Opening how, Busy busy, sqlite3** out) {
  int status = how == Opening::Makes ? make_file(path) : SQLITE_OK;
  if (status != SQLITE_OK) return status;
  int flags = how == Opening::Reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  status = sqlite3_open_v2(path, out, flags, nullptr);
  if (status != SQLITE_OK) return status;
  sqlite3_busy_handler(*out, busy, nullptr);
  status = check_tables(*out, how);
  if (status != SQLITE_OK || how == Opening::Reads) return status;
  // Refused while others use the file; the next one to open it alone does it then.
  run(*out, "PRAGMA journal_mode = WAL");
  return run(*out, "PRAGMA synchronous = NORMAL");
}

const char* database_problem(int status) {
  switch (status & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "another program has locked it";
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: return "the file is broken";
    case SQLITE_FULL: return "the disk is full";
    case SQLITE_READONLY:
    case SQLITE_PERM: return "it cannot be written";
    case SQLITE_CANTOPEN: return "the file cannot be opened";
    case kOtherVersion: return "another version of pflow has made it";
    default: return sqlite3_errstr(status);
  }
}

bool is_passing(int status) {
  return (status & 0xff) == SQLITE_BUSY || (status & 0xff) == SQLITE_LOCKED;
}

bool is_broken(int status) {
  return (status & 0xff) == SQLITE_NOTADB || (status & 0xff) == SQLITE_CORRUPT;
}

}  // namespace pflow::rt
