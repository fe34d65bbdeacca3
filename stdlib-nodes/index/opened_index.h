/// An index that is open.
#pragma once

#include <sqlite3.h>

#include <string_view>

#include "index_file.h"

namespace pf_index {

enum class Access : uint8_t { Read, Change, Make };

/// Refuses a file that is no index, and leaves it as it is.
class OpenedIndex {
 public:
  OpenedIndex(const Place& place, Access access);
  OpenedIndex(const OpenedIndex&) = delete;
  OpenedIndex& operator=(const OpenedIndex&) = delete;
  ~OpenedIndex();

  [[nodiscard]] bool good() const { return problem_.text.empty(); }
  [[nodiscard]] const Problem& problem() const { return problem_; }
  [[nodiscard]] sqlite3* database() const { return db_; }

  bool run(const char* statement);
  /// Null after a problem.
  sqlite3_stmt* prepare(const char* statement);
  /// Notes what the database says.
  bool fail();
  bool fail(pf_error_kind kind, std::string text);
  /// Of its vectors; 0 when it has none.
  size_t dimensions();

 private:
  void open(Access access);
  void check(Access access);
  int64_t number(const char* query);

  const Place& place_;
  sqlite3* db_ = nullptr;
  Problem problem_;
};

/// A statement that is finished in the end.
class Statement {
 public:
  Statement(OpenedIndex& index, const char* text) : statement_(index.prepare(text)) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }
  [[nodiscard]] sqlite3_stmt* get() const { return statement_; }
  void bind(int at, std::string_view text) {
    sqlite3_bind_text64(statement_, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }

 private:
  sqlite3_stmt* statement_;
};

}  // namespace pf_index
