/// Runs SQL on a SQLite database, away from the loop thread: knows nothing of flows.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace pf_database {

struct Blob {
  std::string bytes;
};
/// A value of a row, or one to be bound, which is no Blob.
using Cell = std::variant<std::monostate, int64_t, double, std::string, Blob>;

struct Statements {
  std::string path;
  std::string text;          ///< with `?` where the values go
  std::vector<Cell> values;  ///< in order, over all statements
  bool read_only = false;
  const std::atomic<bool>* stopped = nullptr;  ///< may be set meanwhile
};

struct Rows {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;  ///< of the last statement
  int64_t changed = 0;
  std::string problem;      ///< empty when it went well
  bool busy = false;        ///< with `problem`: another program holds the database
  bool unreadable = false;  ///< with `problem`: the file cannot be opened
};

/// All statements or, when one fails, none of them.
Rows run(const Statements& statements);

}  // namespace pf_database
