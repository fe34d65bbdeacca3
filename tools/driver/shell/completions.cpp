#include "tools/driver/shell/completions.h"

#include <CLI/CLI.hpp>

namespace pflow::shell {

std::vector<Completed> completed_options(const Command& command) {
  std::vector<Completed> completed;
  for (OptionRows rows : command.options())
    for (const OptionRow& row : rows)
      completed.push_back({CLI::detail::split(row.name, ','),
                           row.otherwise.empty() ? row.value : std::string_view(), row.help});
  return completed;
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace pflow::shell
