/// A folder that is made with its files.
#pragma once

#include <string>
#include <vector>

#include "support/file_system.h"

namespace pflow {

struct ProjectFile {
  std::string path;  ///< within the folder
  std::string text;
};

/// Made beside its place, so that it is there as a whole or not at all. What went wrong, else
/// empty.
[[nodiscard]] std::string make_folder(const std::string& place,
                                      const std::vector<ProjectFile>& content, FileSystem& files);

}  // namespace pflow
