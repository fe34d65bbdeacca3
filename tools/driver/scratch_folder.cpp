#include "tools/driver/scratch_folder.h"

#include <stdlib.h>

#include <mutex>
#include <set>

namespace pflow {
namespace {

namespace fs = std::filesystem;

struct Folders {
  std::mutex lock;
  std::set<fs::path> paths;
};

Folders& folders() {
  static Folders all;
  return all;
}

}  // namespace

ScratchFolder::ScratchFolder(const std::string& name) {
  std::error_code none;
  for (const fs::path& place : {fs::temp_directory_path(none), fs::path("/tmp"),
                                fs::path("/var/tmp"), fs::path("/dev/shm")}) {
    std::string path = (place / (name + "-XXXXXX")).string();
    std::lock_guard guard(folders().lock);
    if (place.empty() || mkdtemp(path.data()) == nullptr) continue;
    path_ = path;
    folders().paths.insert(path_);
    return;
  }
}

ScratchFolder::~ScratchFolder() {
  std::lock_guard guard(folders().lock);
  std::error_code none;
  if (folders().paths.erase(path_) != 0) fs::remove_all(path_, none);
}

void ScratchFolder::remove_all() {
  std::lock_guard guard(folders().lock);
  std::error_code none;
  for (const fs::path& path : folders().paths) fs::remove_all(path, none);
}

}  // namespace pflow
