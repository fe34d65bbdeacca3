#include <fmt/format.h>

#include "tools/driver/commands/commands.h"
#include "tools/driver/shell/completions.h"

namespace pflow::shell {
namespace {

/// Text of a specification of `_arguments`, where brackets and colons divide.
std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '[' || c == ']' || c == ':') out += '\\';
    out += c;
  }
  return out;
}

/// `{-o,--output}'[where to write]:FILE:_files'`
std::string specification(const Completed& option) {
  std::string names = fmt::format("{}", fmt::join(option.spellings, ","));
  if (option.spellings.size() > 1) names = "{" + names + "}";
  std::string rest = fmt::format("[{}]", escaped(option.help));
  if (!option.value.empty())
    rest += fmt::format(":{}:{}", escaped(option.value), option.value == "FILE" ? "_files" : " ");
  return names + shell_quoted(rest);
}

std::string arguments_of(const Command& command) {
  std::string text = "_arguments -S";
  for (const Completed& option : completed_options(command))
    text += " \\\n        " + specification(option);
  return text + " \\\n        '*:file:_files -g \"*.pf\"'";
}

constexpr std::string_view kZshScript = R"(#compdef pflowc
_pflowc() {{
  local -a commands
  commands=(
{}  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe command commands
    _files -g '*.pf'
    return
  fi
  case $words[2] in
{}    *)
      {} ;;
  esac
}}
compdef _pflowc pflowc
)";

}  // namespace

std::string zsh_completions() {
  std::string names, cases;
  for (const Command* command : commands()) {
    names += fmt::format(
        "    {}\n", shell_quoted(fmt::format("{}:{}", command->name, escaped(command->summary))));
    cases += fmt::format("    {})\n      {} ;;\n", command->name, arguments_of(*command));
  }
  return fmt::format(kZshScript, names, cases, arguments_of(kCompileCommand));
}

}  // namespace pflow::shell
