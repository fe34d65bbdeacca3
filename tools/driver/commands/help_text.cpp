#include "tools/driver/commands/help_text.h"

#include <fmt/format.h>

#include "tools/driver/commands/commands.h"

namespace pflow {
namespace {

/// `-o, --output FILE`, `-OLEVEL`, `--time`, `--emit-graph[=FORM]`.
std::string spelled(const OptionRow& row) {
  std::string text(row.name);
  bool one_letter = text.size() == 2;
  if (size_t comma = text.find(','); comma != std::string::npos) text.insert(comma + 1, 1, ' ');
  if (!row.otherwise.empty()) return fmt::format("{}[={}]", text, row.value);
  if (!row.value.empty()) text += one_letter && row.name[1] < 'a' ? "" : " ";
  return text + std::string(row.value);
}

std::string options_of(const Command& command) {
  std::string text;
  for (OptionRows rows : command.options())
    for (const OptionRow& row : rows) text += fmt::format("  {:<24} {}\n", spelled(row), row.help);
  return text;
}

std::string as_sentence(std::string_view summary) {
  std::string text(summary);
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text + ".";
}

/// Each line of a usage behind `pflowc` and the command's name.
std::string lines_of(const Command& command, std::string_view usage) {
  std::string text, start = "  pflowc";
  if (!command.name.empty()) start += " " + std::string(command.name);
  do {
    size_t end = std::min(usage.find('\n'), usage.size());
    text += start + (end == 0 ? "" : " ") + std::string(usage.substr(0, end)) + "\n";
    usage.remove_prefix(std::min(end + 1, usage.size()));
  } while (!usage.empty());
  return text;
}

}  // namespace

std::string help_text() {
  std::string text =
      "pflowc compiles flow programs to native executables.\n\n"
      "  pflowc FILE.pf [-o OUT]    compile; `-` reads standard input\n"
      "  pflowc COMMAND [ARGS]      one of these; `pflowc help COMMAND` says more\n\nCommands:\n";
  for (const Command* command : commands())
    text += fmt::format("  {:<24} {}\n", command->name, command->summary);
  return text + "\nOptions of compiling:\n" + options_of(kCompileCommand);
}

std::string help_text(const Command& command) {
  if (command.name.empty()) return help_text();
  return fmt::format("{}\n\n{}\nOptions:\n{}\nFor example:\n{}", as_sentence(command.summary),
                     lines_of(command, command.usage), options_of(command),
                     lines_of(command, command.example));
}

}  // namespace pflow
