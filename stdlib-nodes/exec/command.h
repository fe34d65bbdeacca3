/// What `exec(…)` names: a command and its arguments, files of the program's folder among them.
#pragma once

#include <string>
#include <vector>

#include "pflow/abi.h"

namespace pf_exec {

struct Command {
  std::vector<std::string> words;  ///< as exec(3) takes them
  std::vector<std::string> files;  ///< those of `words` that are files of the program's folder
  std::string shown;               ///< as it is written: `python3 embed.py`
};

/// What is wrong with a command before anything runs; `text` is empty when nothing is.
struct CommandProblem {
  std::string text;
  std::string help;
};

/// Looks for the command on the PATH, and for files in the folder of the file that declares the
/// node, then in that of the executable.
CommandProblem find_command(const pf_foreign& node, Command* out);

}  // namespace pf_exec
