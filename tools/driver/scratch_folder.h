/// A folder for temporary files that goes with its owner.
#pragma once

#include <filesystem>
#include <string>

namespace pflow {

class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& name);
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();

  /// Empty when none could be made; errno says why.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Removes all that there are, as their owners will not end.
  static void remove_all();

 private:
  std::filesystem::path path_;
};

}  // namespace pflow
