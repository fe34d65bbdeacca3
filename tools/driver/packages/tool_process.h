/// Runs a tool of the machine, a compiler for one.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace pflow::packages {

struct ToolRun {
  bool is_there = false;  ///< it could be started
  int code = -1;          ///< 0: it did what was asked
  std::string output;     ///< what it said, on either stream
};

/// Waits until the tool has ended. `words` begin with its name, `folder` is where it runs,
/// `variables` are set for it.
[[nodiscard]] ToolRun run_tool(const std::vector<std::string>& words, const std::string& folder,
                               const std::vector<std::pair<std::string, std::string>>& variables);

}  // namespace pflow::packages
