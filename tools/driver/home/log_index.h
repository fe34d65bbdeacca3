/// An index of the logs of runs: a SQLite file that holds nothing that they do not, and is made
/// anew from them when it is of no use.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "tools/driver/home/log_records.h"

namespace pflow::home {

/// In place of a path: for this time alone.
inline constexpr const char* kMemory = ":memory:";

class LogIndex {
 public:
  explicit LogIndex(std::string path) : path_(std::move(path)) {}
  LogIndex(const LogIndex&) = delete;
  LogIndex& operator=(const LogIndex&) = delete;
  ~LogIndex() { sqlite3_close(db_); }

  /// Takes in what the folder has more. Empty, or why the file cannot be used.
  std::string update(const std::filesystem::path& folder);

  struct Entry {
    std::string run, program;
    uint64_t at;
  };
  /// What was asked, the newest first, until `take` returns false. Where `model` and `said` are
  /// given it is no more than what may fit.
  void find(const std::string& model, const std::string& said,
            const std::function<bool(const Entry& entry)>& take);

  /// Lines of the logs that cannot be read.
  uint64_t broken();

 private:
  bool open();
  bool run(const char* sql);
  uint64_t number(const char* sql);
  bool take_folder(const std::filesystem::path& folder);
  bool take_run(const std::filesystem::path& path, uint64_t size);
  bool forget_gone(const std::filesystem::path& folder);

  std::string path_;
  sqlite3* db_ = nullptr;
};

}  // namespace pflow::home
