#include "statements.h"

#include <sqlite3.h>

#include <string_view>

#include "opening.h"
#include "pflow/abi.h"
#include "words.h"

namespace pf_database {
namespace {

class Session {
 public:
  Session(const Statements& asked, Rows& rows)
      : asked_(asked), rows_(rows), db_(open_database(asked, rows)) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { sqlite3_close_v2(db_); }

  void run() {
    const char* rest = asked_.text.c_str();
    size_t bound = 0;
    while (rows_.problem.empty()) {
      sqlite3_stmt* statement = nullptr;
      const char* begin = rest;
      if (sqlite3_prepare_v2(db_, begin, -1, &statement, &rest) != SQLITE_OK) return fail();
      if (!statement) break;  // blanks and comments alone
      enter(begin, rest);
      if (rows_.problem.empty()) step(statement, bound);
      sqlite3_finalize(statement);
    }
    if (rows_.problem.empty() && bound < asked_.values.size())
      rows_.problem = "the query has fewer places for values than values";
    if (rows_.problem.empty()) leave();
  }

 private:
  void fail() {
    int code = sqlite3_errcode(db_) & 0xff;
    rows_.problem = sqlite3_errmsg(db_);
    rows_.busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;
    if (code == SQLITE_READONLY && asked_.read_only) rows_.problem += "; `read_only` is set";
  }

  bool command(const char* text) {
    if (sqlite3_exec(db_, text, nullptr, nullptr, nullptr) == SQLITE_OK) return true;
    fail();
    return false;
  }

  [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

  /// Several statements form a transaction, from the first on that may stand in one. What
  /// begins one of its own, and what runs in none, ends ours before.
  void enter(std::string_view begin, const char* rest) {
    if (begins_with(begin, {"begin", "vacuum", "detach"})) {
      if (ours_ && in_transaction()) command("commit");
      ours_ = false;
    } else if (!in_transaction() && !begins_with(begin, {"pragma", "commit", "end", "rollback"})) {
      ours_ = !from_statement(rest).empty() && command("begin");
    }
  }

  void leave() {
    if (!in_transaction()) return;
    if (ours_)
      command("commit");
    else
      rows_.problem =
          "the statements leave a transaction open, whose changes are lost: end with "
          "`commit` or `rollback`";
  }

  void bind(sqlite3_stmt* statement, int at, const Cell& cell) {
    if (const auto* integer = std::get_if<int64_t>(&cell))
      sqlite3_bind_int64(statement, at, *integer);
    else if (const auto* number = std::get_if<double>(&cell))
      sqlite3_bind_double(statement, at, *number);
    else if (const auto* text = std::get_if<std::string>(&cell))
      sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    else
      sqlite3_bind_null(statement, at);
  }

  void step(sqlite3_stmt* statement, size_t& bound) {
    int places = sqlite3_bind_parameter_count(statement);
    if (static_cast<size_t>(places) > asked_.values.size() - bound) {
      rows_.problem = "the query has more places for values than values";
      return;
    }
    for (int i = 1; i <= places; ++i) bind(statement, i, asked_.values[bound++]);
    rows_.columns.clear();
    rows_.rows.clear();
    for (int i = 0; i < sqlite3_column_count(statement); ++i)
      rows_.columns.emplace_back(sqlite3_column_name(statement, i));
    int64_t before = sqlite3_total_changes64(db_);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
      if (!take_row(statement)) return;
    if (code != SQLITE_DONE) return fail();
    rows_.changed += sqlite3_total_changes64(db_) - before;
  }

  bool take_row(sqlite3_stmt* statement) {
    std::vector<Cell>& row = rows_.rows.emplace_back();
    for (int i = 0; i < static_cast<int>(rows_.columns.size()); ++i) {
      switch (sqlite3_column_type(statement, i)) {
        case SQLITE_INTEGER: row.emplace_back(sqlite3_column_int64(statement, i)); break;
        case SQLITE_FLOAT: row.emplace_back(sqlite3_column_double(statement, i)); break;
        case SQLITE_TEXT: {
          const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
          auto len = static_cast<size_t>(sqlite3_column_bytes(statement, i));
          if (pf_utf8_valid_prefix(text, len) != len) {
            rows_.problem = "the column `" + rows_.columns[static_cast<size_t>(i)] +
                            "` holds text that is not UTF-8";
            return false;
          }
          row.emplace_back(std::string(text, len));
          break;
        }
        case SQLITE_BLOB: {
          const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, i));
          auto len = static_cast<size_t>(sqlite3_column_bytes(statement, i));
          row.emplace_back(Blob{bytes ? std::string(bytes, len) : std::string()});
          break;
        }
        default: row.emplace_back(); break;
      }
    }
    return true;
  }

  const Statements& asked_;
  Rows& rows_;
  sqlite3* db_;
  bool ours_ = false;  ///< the transaction was not begun by a statement
};

}  // namespace

Rows run(const Statements& statements) {
  Rows rows;
  Session session(statements, rows);
  session.run();
  return rows;
}

}  // namespace pf_database
