/// What a compilation asks of the file system, kept: each question is answered once, so that the
/// compilation sees one state, and later it can be seen whether all answers are the same still.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/file_system.h"

namespace pflow::run {

class RecordedFiles final : public FileSystem {
 public:
  /// What lies below `installed` is part of an installation: known by size and times.
  RecordedFiles(FileSystem& files, std::string installed);

  [[nodiscard]] Result<std::string> read(const std::string& path) override;
  [[nodiscard]] Result<Done> write(const std::string& path, std::string_view bytes) override;
  [[nodiscard]] FileKind kind(const std::string& path) override;
  [[nodiscard]] std::string identity(const std::string& path) override;
  [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) override;

  /// A file that was read before.
  void add_text(const std::string& path, std::string text);
  /// A file of the installation that something else reads.
  void add_installed(const std::string& path);

  /// The questions and answers, a line each; empty when they cannot be kept: a file of the
  /// installation is as new as the compilation, or a path has a line break.
  [[nodiscard]] std::string record() const;
  /// The same in any case, for what is compared at once.
  [[nodiscard]] std::string answers() const;
  /// What was asked about, but for the installation.
  [[nodiscard]] std::set<std::string> paths() const;

 private:
  void answer(char question, const std::string& path, const std::string& answer);
  [[nodiscard]] bool is_installed(const std::string& path) const;

  FileSystem& files_;
  std::string installed_;
  int64_t begun_;                             ///< nanoseconds since 1970
  std::map<std::string, std::string> lines_;  ///< question and path, answer
  std::map<std::string, Result<std::string>> texts_;
  bool keepable_ = true;
};

/// Whether every question of a record has the same answer now.
[[nodiscard]] bool still_holds(std::string_view record, FileSystem& files);

}  // namespace pflow::run
