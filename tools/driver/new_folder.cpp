#include "tools/driver/new_folder.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace pflow {
namespace {

namespace fs = std::filesystem;

/// The files below a folder; what went wrong, else empty.
std::string write_files(const fs::path& folder, const std::vector<ProjectFile>& content,
                        FileSystem& files) {
  for (const ProjectFile& file : content) {
    std::error_code failed;
    const fs::path path = folder / file.path;
    fs::create_directories(path.parent_path(), failed);
    if (failed) return failed.message();
    if (Result<Done> written = files.write(path.string(), file.text); !written)
      return written.message();
  }
  return "";
}

}  // namespace

std::string make_folder(const std::string& name, const std::vector<ProjectFile>& content,
                        FileSystem& files) {
  const fs::path place(name);
  std::error_code failed;
  const fs::path parent = place.has_parent_path() ? place.parent_path() : fs::path(".");
  fs::create_directories(parent, failed);
  if (failed) return failed.message();
  std::string unfinished = (parent / ("." + place.filename().string() + "-XXXXXX")).string();
  if (mkdtemp(unfinished.data()) == nullptr) return std::strerror(errno);
  std::string problem = write_files(unfinished, content, files);
  const mode_t mask = umask(0);
  umask(mask);
  if (problem.empty() &&
      (chmod(unfinished.c_str(), 0777 & ~mask) != 0 ||
       renameat2(AT_FDCWD, unfinished.c_str(), AT_FDCWD, place.c_str(), RENAME_NOREPLACE) != 0))
    problem = std::strerror(errno);
  if (!problem.empty()) fs::remove_all(unfinished, failed);
  return problem;
}

}  // namespace pflow
