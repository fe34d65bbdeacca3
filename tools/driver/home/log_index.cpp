#include "tools/driver/home/log_index.h"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <vector>

namespace pflow::home {
namespace {

namespace fs = std::filesystem;

/// How long another pflowc may hold the file.
constexpr int kBusyMs = 2'000;

/// `pflg`, where SQLite keeps who a file belongs to.
constexpr uint64_t kMark = 0x70666c67;
constexpr const char* kTables =
    "pragma application_id = 1885760615;"
    "create table runs(name text primary key, program text, size integer, end integer,"
    "  broken integer, cut integer) without rowid;"
    "create table questions(id integer primary key, run text, at integer, model text);"
    "create index questions_in_time on questions(run, at);"
    "create virtual table said using fts5(text, content = '', tokenize = 'trigram')";

/// A statement: its `?` are filled in order, its columns read in order.
class Statement {
 public:
  Statement(sqlite3* db, const char* sql) { sqlite3_prepare_v2(db, sql, -1, &made_, nullptr); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(made_); }

  Statement& with(const std::string& text) {
    sqlite3_bind_text(made_, ++filled_, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
    return *this;
  }
  Statement& with(uint64_t number) {
    sqlite3_bind_int64(made_, ++filled_, static_cast<int64_t>(number));
    return *this;
  }
  /// Whether there is a row.
  bool next() { return sqlite3_step(made_) == SQLITE_ROW; }
  /// Whether it went to its end.
  bool run() { return sqlite3_step(made_) == SQLITE_DONE; }
  [[nodiscard]] std::string text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(made_, column));
    return bytes ? bytes : "";
  }
  [[nodiscard]] uint64_t number(int column) const {
    return static_cast<uint64_t>(sqlite3_column_int64(made_, column));
  }

 private:
  sqlite3_stmt* made_ = nullptr;
  int filled_ = 0;
};

/// The tokenizer has no shorter pieces.
constexpr size_t kShortest = 3;

size_t letters_in(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return count;
}

/// The words as they stand there, for MATCH.
std::string phrase(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    quoted += c;
    if (c == '"') quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

bool LogIndex::run(const char* sql) {
  return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

uint64_t LogIndex::number(const char* sql) {
  Statement asked(db_, sql);
  return asked.next() ? asked.number(0) : 0;
}

/// In a transaction, so that of two that make the file one finds it made.
bool LogIndex::open() {
  // What was said is for its owner alone.
  if (int made = path_ == kMemory ? -1 : ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      made >= 0)
    close(made);
  if (sqlite3_open(path_.c_str(), &db_) != SQLITE_OK) return false;
  sqlite3_busy_timeout(db_, kBusyMs);
  if (!run("pragma synchronous = off") || !run("begin immediate")) return false;
  return number("pragma application_id") == kMark || run(kTables);
}

std::string LogIndex::update(const fs::path& folder) {
  if (open() && forget_gone(folder) && take_folder(folder) && run("commit")) return "";
  std::string why = db_ ? sqlite3_errmsg(db_) : "no memory";
  // A broken one holds nothing that is lost.
  const int code = sqlite3_errcode(db_) & 0xff;
  sqlite3_close(db_);
  db_ = nullptr;
  if (code != SQLITE_CORRUPT && code != SQLITE_NOTADB) return why;
  std::error_code failed;
  if (!fs::remove(path_, failed)) return why;
  return update(folder);
}

bool LogIndex::forget_gone(const fs::path& folder) {
  std::vector<std::string> gone;
  Statement known(db_, "select name, size from runs");
  while (known.next()) {
    std::error_code missing;
    uint64_t size = fs::file_size(folder / known.text(0), missing);
    if (missing || size < known.number(1)) gone.push_back(known.text(0));
  }
  for (const std::string& name : gone) {
    bool done = Statement(db_, "delete from questions where run = ?").with(name).run() &&
                Statement(db_, "delete from runs where name = ?").with(name).run();
    if (!done) return false;
  }
  // What they said stays in `said`, until that is most of it.
  constexpr uint64_t kFew = 1000;
  if (gone.empty() || number("select max(id) from questions") <=
                          2 * number("select count(*) from questions") + kFew)
    return true;
  return run(
      "delete from questions; delete from runs; insert into said(said) values('delete-all')");
}

bool LogIndex::take_folder(const fs::path& folder) {
  std::error_code unreadable;
  for (const auto& entry : fs::directory_iterator(folder, unreadable)) {
    if (entry.path().extension() != ".log") continue;
    uint64_t size = entry.file_size(unreadable);
    if (!unreadable && !take_run(entry.path(), size)) return false;
  }
  return true;
}

bool LogIndex::take_run(const fs::path& path, uint64_t size) {
  const std::string name = path.filename().string();
  LogPosition position;
  Statement known(db_, "select size, end, program, broken from runs where name = ?");
  if (known.with(name).next()) {
    if (known.number(0) == size) return true;
    position = {
        .size = 0, .end = known.number(1), .program = known.text(2), .broken = known.number(3)};
  }
  bool good = true;
  read_log(path, position, [&](uint64_t at, const boost::json::object& record) {
    std::string said;
    for (std::string_view part : {"system", "prompt", "response"})
      said += log_text(record, part) + "\n";
    good = good &&
           Statement(db_, "insert into questions(run, at, model) values(?, ?, ?)")
               .with(name)
               .with(at)
               .with(log_text(record, "model"))
               .run() &&
           Statement(db_, "insert into said(rowid, text) values(last_insert_rowid(), ?)")
               .with(said)
               .run();
  });
  return good && Statement(db_, "insert or replace into runs values(?, ?, ?, ?, ?, ?)")
                     .with(name)
                     .with(position.program)
                     .with(position.size)
                     .with(position.end)
                     .with(position.broken)
                     .with(uint64_t{position.cut})
                     .run();
}

void LogIndex::find(const std::string& model, const std::string& said,
                    const std::function<bool(const Entry& entry)>& take) {
  std::string sql =
      "select q.run, q.at, r.program from questions q join runs r on r.name = q.run "
      "where instr(q.model, ?) ";
  const bool matched = letters_in(said) >= kShortest;
  if (matched) sql += "and q.id in (select rowid from said where said match ?) ";
  // The names of runs are in the order of time.
  sql += "order by q.run desc, q.at desc";
  Statement asked(db_, sql.c_str());
  asked.with(model);
  if (matched) asked.with(phrase(said));
  while (asked.next())
    if (!take({asked.text(0), asked.text(2), asked.number(1)})) return;
}

uint64_t LogIndex::broken() { return number("select sum(broken + cut) from runs"); }

}  // namespace pflow::home
