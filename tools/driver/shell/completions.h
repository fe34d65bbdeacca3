/// Completions of the command line for shells, from the table of commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/driver/commands/command.h"

namespace pflow::shell {

/// One option as a shell sees it.
struct Completed {
  std::vector<std::string> spellings;  ///< `-o` and `--output`
  std::string_view value;              ///< how help calls its value; empty: it takes none
  std::string_view help;
};

/// The options of a command, in the order of its help page.
[[nodiscard]] std::vector<Completed> completed_options(const Command& command);

[[nodiscard]] std::string bash_completions();
[[nodiscard]] std::string zsh_completions();
[[nodiscard]] std::string fish_completions();

/// Text between single quotes, as these shells read it.
[[nodiscard]] std::string shell_quoted(std::string_view text);

}  // namespace pflow::shell
