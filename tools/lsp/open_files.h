/// The files of the machine, before which the open texts stand.
#pragma once

#include <unordered_map>

#include "support/file_system.h"

namespace pflow::lsp {

class OpenFiles final : public FileSystem {
 public:
  /// `nodes`: the folder of the standard nodes, of which each file is read once.
  OpenFiles(FileSystem& disk, const std::string& nodes)
      : disk_(disk), nodes_(disk.identity(nodes) + "/") {}

  void open(const std::string& path, std::string text);
  void close(const std::string& path) { open_.erase(identity(path)); }

  [[nodiscard]] Result<std::string> read(const std::string& path) override;
  /// An editor writes its files itself.
  [[nodiscard]] Result<Done> write(const std::string& path, std::string_view bytes) override;
  [[nodiscard]] FileKind kind(const std::string& path) override;
  [[nodiscard]] std::string identity(const std::string& path) override;
  [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) override;

 private:
  FileSystem& disk_;
  std::string nodes_;
  std::unordered_map<std::string, std::string> open_;  ///< by identity()
  std::unordered_map<std::string, std::string> read_;  ///< standard nodes, by path
};

}  // namespace pflow::lsp
