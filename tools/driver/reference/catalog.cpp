#include "tools/driver/reference/catalog.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/habits/habits.h"
#include "tools/driver/toolchain.h"

namespace pflow::reference {
namespace {

using query::NodeDoc;

std::string in_small_letters(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// How well a node fits: 0 when a word stands nowhere.
int fit(const NodeDoc& node, const std::vector<std::string>& words) {
  const std::string name = in_small_letters(node.name),
                    summary = in_small_letters(node.home + " " + node.summary());
  std::string rest = in_small_letters(node.doc);
  for (const query::PortDoc& port : node.ports)
    rest += in_small_letters(" " + port.name + " " + port.doc);
  int sum = 0;
  for (const std::string& word : words) {
    auto stands_in = [&](const std::string& text) { return text.find(word) != std::string::npos; };
    int found = stands_in(name) ? 100 : stands_in(summary) ? 10 : stands_in(rest) ? 1 : 0;
    if (found == 0) return 0;
    sum += found;
  }
  return sum;
}

}  // namespace

Catalog::Catalog(const DriverEnv& env)
    : all_(query::all_node_docs(query::StandardNodes(*env.files, find_toolchain(env).nodes))) {}

std::vector<NodeDoc> Catalog::named(std::string_view name) const {
  std::vector<NodeDoc> found;
  std::ranges::copy_if(all_, std::back_inserter(found),
                       [&](const NodeDoc& node) { return node.name == name; });
  return found;
}

std::vector<NodeDoc> Catalog::of_module(std::string_view module) const {
  std::vector<NodeDoc> found;
  std::ranges::copy_if(all_, std::back_inserter(found),
                       [&](const NodeDoc& node) { return node.home == module; });
  return found;
}

std::vector<NodeDoc> Catalog::about(const std::vector<std::string>& words) const {
  std::vector<std::string> small;
  for (const std::string& word : words) small.push_back(in_small_letters(word));
  std::vector<std::pair<int, const NodeDoc*>> fits;
  for (const NodeDoc& node : all_)
    if (int how = fit(node, small); how != 0) fits.emplace_back(how, &node);
  std::ranges::stable_sort(fits, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<NodeDoc> found;
  for (const auto& [how, node] : fits) found.push_back(*node);
  return found;
}

std::vector<std::string_view> Catalog::names() const {
  std::vector<std::string_view> names;
  for (const NodeDoc& node : all_) names.push_back(node.name);
  for (const NodeDoc& node : all_) names.push_back(node.home);
  return names;
}

void report_unknown(Diagnostics& diagnostics, std::string_view what, std::string_view name,
                    std::string_view command, const std::vector<std::string_view>& known) {
  DiagnosticBuilder report = diagnostics.report(diag::not_kept, {}, what, name);
  const habits::Name* habit = habits::find_name(name);
  std::string_view near =
      habit != nullptr && !habit->here.empty() ? habit->here : nearest_name(name, known);
  if (habit != nullptr && !habit->help.empty())
    report.help(std::string(habit->help));
  else if (!near.empty())
    report.help(fmt::format("`{} {}`", command, near));
  else
    report.help(fmt::format("`pflowc nodes --search {}` looks for it in what nodes do", name));
}

}  // namespace pflow::reference
