#include <fmt/format.h>

#include "tools/driver/commands/commands.h"
#include "tools/driver/shell/completions.h"

namespace pflow::shell {
namespace {

std::string spellings_of(const Command& command) {
  std::vector<std::string> all;
  for (const Completed& option : completed_options(command))
    all.insert(all.end(), option.spellings.begin(), option.spellings.end());
  return shell_quoted(fmt::format("{}", fmt::join(all, " ")));
}

constexpr std::string_view kBashScript = R"(# bash completion of pflowc
_pflowc() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} commands={} options
  case ${{COMP_WORDS[1]}} in
{}    *) options={} ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  elif [[ $COMP_CWORD == 2 && ${{COMP_WORDS[1]}} == help ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -X '!*.pf' -- "$word"; compgen -d -- "$word")
    [[ $COMP_CWORD != 1 ]] ||
      mapfile -t -O ${{#COMPREPLY[@]}} COMPREPLY < <(compgen -W "$commands" -- "$word")
  fi
}}
complete -o filenames -F _pflowc pflowc
)";

}  // namespace

std::string bash_completions() {
  std::string cases;
  for (const Command* command : commands())
    cases += fmt::format("    {}) options={} ;;\n", command->name, spellings_of(*command));
  std::string names = fmt::format("{}", fmt::join(command_names(), " "));
  return fmt::format(kBashScript, shell_quoted(names), cases, spellings_of(kCompileCommand));
}

}  // namespace pflow::shell
