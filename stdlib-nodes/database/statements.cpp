#include "statements.h"

#include <sqlite3.h>

#include <string_view>

namespace pf_database {
namespace {

/// How long another program may hold the database.
constexpr int kBusyMs = 5000;
/// Virtual machine steps between two looks at `stopped`.
constexpr int kSteps = 1000;

class Session {
 public:
  Session(const Statements& asked, Rows& rows) : asked_(asked), rows_(rows) {}
  ~Session() { sqlite3_close_v2(db_); }

  void run() {
    if (!open()) return;
    const char* rest = asked_.text.c_str();
    size_t bound = 0;
    bool in_transaction = false;
    while (rows_.problem.empty()) {
      sqlite3_stmt* statement = nullptr;
      const char* begin = rest;
      if (sqlite3_prepare_v2(db_, begin, -1, &statement, &rest) != SQLITE_OK) return fail();
      if (!statement) break;  // blanks and comments alone
      if (!in_transaction && begins_several(begin, rest)) in_transaction = command("begin");
      if (rows_.problem.empty()) step(statement, bound);
      sqlite3_finalize(statement);
    }
    if (rows_.problem.empty() && bound < asked_.values.size())
      rows_.problem = "the query has fewer places for values than values";
    if (in_transaction && rows_.problem.empty()) command("commit");
  }

 private:
  bool open() {
    if (sqlite3_open_v2(asked_.path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                        nullptr) != SQLITE_OK) {
      fail();
      return false;
    }
    sqlite3_extended_result_codes(db_, 1);
    sqlite3_busy_timeout(db_, kBusyMs);
    sqlite3_progress_handler(
        db_, kSteps,
        [](void* stopped) {
          return static_cast<const std::atomic<bool>*>(stopped)->load() ? 1 : 0;
        },
        const_cast<std::atomic<bool>*>(asked_.stopped));
    return true;
  }

  void fail() {
    int code = sqlite3_errcode(db_) & 0xff;
    rows_.problem = db_ ? sqlite3_errmsg(db_) : "out of memory";
    rows_.busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;
  }

  bool command(const char* text) {
    if (sqlite3_exec(db_, text, nullptr, nullptr, nullptr) == SQLITE_OK) return true;
    fail();
    return false;
  }

  /// Whether more than one statement follows, which then form a transaction, unless
  /// they speak of transactions themselves.
  [[nodiscard]] bool begins_several(const char* begin, const char* rest) const {
    std::string_view left(rest);
    if (left.find_first_not_of(" \t\r\n;") == std::string_view::npos) return false;
    std::string_view first(begin);
    first.remove_prefix(std::min(first.find_first_not_of(" \t\r\n"), first.size()));
    return sqlite3_get_autocommit(db_) != 0 && sqlite3_strnicmp(first.data(), "begin", 5) != 0 &&
           sqlite3_strnicmp(first.data(), "pragma", 6) != 0;
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
          row.emplace_back(
              std::string(text, static_cast<size_t>(sqlite3_column_bytes(statement, i))));
          break;
        }
        case SQLITE_BLOB:
          rows_.problem = "the column `" + rows_.columns[static_cast<size_t>(i)] +
                          "` holds bytes; ask for `hex(" + rows_.columns[static_cast<size_t>(i)] +
                          ")`";
          return false;
        default: row.emplace_back(); break;
      }
    }
    return true;
  }

  const Statements& asked_;
  Rows& rows_;
  sqlite3* db_ = nullptr;
};

}  // namespace

Rows run(const Statements& statements) {
  Rows rows;
  Session(statements, rows).run();
  return rows;
}

}  // namespace pf_database
