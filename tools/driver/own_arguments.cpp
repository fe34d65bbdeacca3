#include "tools/driver/own_arguments.h"

#include <string_view>

namespace pflow {
namespace {

/// Whether the row has this name, as in `-o,--output`.
bool is_named(const OptionRow& row, std::string_view name) {
  std::string_view names = row.name;
  while (!names.empty()) {
    size_t comma = std::min(names.find(','), names.size());
    if (names.substr(0, comma) == name) return true;
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return false;
}

const OptionRow* find_row(const Command& command, std::string_view name) {
  for (OptionRows rows : command.options())
    for (const OptionRow& row : rows)
      if (is_named(row, name)) return &row;
  return nullptr;
}

}  // namespace

OwnArguments own_arguments(const Command& command, std::span<const std::string> arguments) {
  size_t words = 0;
  for (size_t i = 0; i < arguments.size(); ++i) {
    std::string_view word = arguments[i];
    if (word == "--") return {std::min(i + 2, arguments.size()), i + 1 < arguments.size()};
    if (word.size() < 2 || word[0] != '-') {
      if (++words == command.own_words) return {i + 1, true};
      continue;
    }
    const bool is_long = word[1] == '-';
    std::string_view name = is_long ? word.substr(0, word.find('=')) : word.substr(0, 2);
    const OptionRow* row = find_row(command, name);
    if (row == nullptr) continue;
    if (!row->value.empty() && row->otherwise.empty() && name == word) ++i;
    if (row->last) return {std::min(i + 1, arguments.size()), false};
  }
  return {arguments.size(), false};
}

}  // namespace pflow
