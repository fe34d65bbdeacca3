/// The SQLite file of stored results: its tables, and opening it. Many processes may
/// have it open; each write is one short transaction.
#pragma once

#include <sqlite3.h>

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// Where the file lies. False: there is no folder for settings.
[[nodiscard]] bool add_database_path(Buffer& out);

enum class Opening : unsigned char {
  Reads,   ///< makes and changes nothing
  Writes,  ///< of a file that is there
  Makes    ///< the file, its folder and its tables when there are none
};

/// Asked while another has locked the file, with how often it was asked before: sleeps
/// for a moment and returns 1, or returns 0 to give up.
using Busy = int (*)(void* none, int before);

/// Opens the file, which stays the caller's to close, also after a failure. Returns a
/// status of SQLite.
[[nodiscard]] int open_database(const char* path, Opening how, Busy busy, sqlite3** out);

/// The file is of a version of pflow that made its tables otherwise; what is in it is
/// lost to this one.
constexpr int kOtherVersion = SQLITE_SCHEMA;

/// What is wrong, in words for a user.
[[nodiscard]] const char* database_problem(int status);
/// Whether the same may succeed a moment later.
[[nodiscard]] bool is_passing(int status);
/// Whether the file is none of SQLite's, or broken.
[[nodiscard]] bool is_broken(int status);

/// One statement, prepared for one use.
class Statement {
 public:
  Statement(sqlite3* database, const char* sql) {
    status_ = sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr);
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  void bind(int place, pf_str text) {
    sqlite3_bind_text64(statement_, place, text.data ? text.data : "", text.len, SQLITE_STATIC,
                        SQLITE_UTF8);
  }
  void bind(int place, int64_t number) { sqlite3_bind_int64(statement_, place, number); }
  /// Whether there is a row. At the end, or after a failure, `status` says which.
  bool step() {
    if (status_ != SQLITE_OK && status_ != SQLITE_ROW) return false;
    status_ = sqlite3_step(statement_);
    return status_ == SQLITE_ROW;
  }
  /// Runs it to its end.
  int run() {
    while (step()) continue;
    return status();
  }
  [[nodiscard]] int status() const { return status_ == SQLITE_DONE ? SQLITE_OK : status_; }
  pf_str text(int column) {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data, static_cast<size_t>(sqlite3_column_bytes(statement_, column)), nullptr};
  }
  int64_t number(int column) { return sqlite3_column_int64(statement_, column); }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int status_;
};

}  // namespace pflow::rt
