/// A folder for temporary files that goes with its owner.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

namespace pflow {

class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& name) {
    namespace fs = std::filesystem;
    std::error_code none;
    for (const fs::path& place : {fs::temp_directory_path(none), fs::path("/tmp"),
                                  fs::path("/var/tmp"), fs::path("/dev/shm")}) {
      std::string path = (place / (name + "-XXXXXX")).string();
      if (place.empty() || mkdtemp(path.data()) == nullptr) continue;
      path_ = path;
      return;
    }
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code none;
    if (!path_.empty()) std::filesystem::remove_all(path_, none);
  }

  /// Empty when none could be made; errno says why.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace pflow
