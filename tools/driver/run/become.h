/// This process becomes a program: same number, descriptors, variables.
#pragma once

#include <string>
#include <vector>

namespace pflow::run {

/// Starts a file of a folder in place of this process. Returns only when that failed: an errno.
[[nodiscard]] int become(int folder, const std::string& name,
                         const std::vector<std::string>& words);
/// The same with an open file; where its file system executes nothing, with a copy in memory.
[[nodiscard]] int become(int file, const std::vector<std::string>& words);

}  // namespace pflow::run
