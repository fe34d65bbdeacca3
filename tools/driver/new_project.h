/// The files of a project that `pflowc new` makes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/driver/new_folder.h"

namespace pflow {

/// A flow, its test, and what runs that for each push.
[[nodiscard]] std::vector<ProjectFile> new_project(std::string_view name);

}  // namespace pflow
