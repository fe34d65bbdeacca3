#include <fmt/format.h>

#include "tools/driver/commands/commands.h"
#include "tools/driver/shell/completions.h"

namespace pflow::shell {
namespace {

/// `-s o -l output`
std::string spelled(const Completed& option) {
  std::string text;
  for (std::string_view spelling : option.spellings) {
    bool is_long = spelling.starts_with("--");
    text += fmt::format(" {} {}", is_long ? "-l" : "-s", spelling.substr(is_long ? 2 : 1));
  }
  return text;
}

void add_options(std::string& out, std::string_view condition, const Command& command) {
  for (const Completed& option : completed_options(command)) {
    std::string_view value = option.value.empty() ? "" : option.value == "FILE" ? " -r -F" : " -x";
    out += fmt::format("complete -c pflowc -n {}{}{} -d {}\n", shell_quoted(condition),
                       spelled(option), value, shell_quoted(option.help));
  }
}

}  // namespace

std::string fish_completions() {
  std::string out =
      "# fish completion of pflowc\ncomplete -c pflowc -f\n"
      "complete -c pflowc -a '(__fish_complete_suffix .pf)'\n";
  for (const Command* command : commands())
    out += fmt::format("complete -c pflowc -n __fish_use_subcommand -a {} -d {}\n", command->name,
                       shell_quoted(command->summary));
  for (const Command* command : commands())
    add_options(out, fmt::format("__fish_seen_subcommand_from {}", command->name), *command);
  add_options(out, "__fish_use_subcommand", kCompileCommand);
  return out;
}

}  // namespace pflow::shell
