/// The files of a project that `pflowc new` makes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pflow {

struct ProjectFile {
  std::string path;  ///< within the project's folder
  std::string text;
};

/// A flow, its test, and what runs that for each push.
[[nodiscard]] std::vector<ProjectFile> new_project(std::string_view name);

}  // namespace pflow
