/// The files that a command's arguments name.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace pflow {

/// The inputs; instead of a folder all files `.pf` below it, by name, but for those in folders
/// whose names begin with a dot. No input is the working directory.
[[nodiscard]] std::vector<std::string> files_of(std::span<const std::string> inputs);

}  // namespace pflow
