#include "tools/driver/shell/completions.h"

namespace pflow::shell {
namespace {

std::vector<std::string_view> split(std::string_view names) {
  std::vector<std::string_view> parts;
  while (!names.empty()) {
    size_t comma = std::min(names.find(','), names.size());
    parts.push_back(names.substr(0, comma));
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return parts;
}

}  // namespace

std::vector<Completed> completed_options(const Command& command) {
  std::vector<Completed> completed;
  for (OptionRows rows : command.options())
    for (const OptionRow& row : rows) completed.push_back({split(row.name), row.value, row.help});
  return completed;
}

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace pflow::shell
