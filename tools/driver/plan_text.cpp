#include "tools/driver/plan_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "support/json_text.h"
#include "tools/driver/shortened.h"

namespace pflow {
namespace {

std::string place(const ir::Site& site, const SourceMap& sources) {
  const LineColumn at = sources.line_column(site.span.file, site.span.begin);
  return fmt::format("{}:{}:{}", sources.name(site.span.file), at.line, at.column);
}

std::string quoted(const ir::SaidText& said) {
  constexpr size_t kMostShown = 100;
  return json_string(shortened(said.text, kMostShown));
}

std::string shown(const ir::EffectArgument& argument) {
  std::vector<std::string> texts;
  for (const ir::SaidText& said : argument.texts) texts.push_back(quoted(said));
  const std::string value = fmt::format("{}", fmt::join(texts, ", "));
  return fmt::format("{}: {}", argument.port, argument.is_list ? "[" + value + "]" : value);
}

std::string shown_call(const ir::EffectRow& row, const ir::Module& module) {
  std::vector<std::string> arguments;
  for (const ir::EffectArgument& argument : row.arguments) arguments.push_back(shown(argument));
  return fmt::format("{}({})", module.node(row.node).name, fmt::join(arguments, ", "));
}

std::string as_json(const ir::SaidText& said) {
  return fmt::format(R"({{"text":{},"fixed":{}}})", json_string(said.text), said.is_fixed);
}

std::string as_json(const ir::EffectArgument& argument) {
  std::vector<std::string> texts;
  for (const ir::SaidText& said : argument.texts) texts.push_back(as_json(said));
  const std::string value = fmt::format("{}", fmt::join(texts, ","));
  return fmt::format("{}:{}", json_string(argument.port),
                     argument.is_list ? "[" + value + "]" : value);
}

std::string effects_as_json(const ir::Node& node) {
  std::vector<std::string> names;
  std::istringstream words(node.effects);
  for (std::string name; words >> name;) names.push_back(json_string(name));
  return fmt::format("[{}]", fmt::join(names, ","));
}

std::string as_json(const ir::EffectRow& row, const ir::Module& module, const SourceMap& sources) {
  const ir::Site& site = module.sites[row.site.index];
  const ir::Node& node = module.node(row.node);
  const LineColumn at = sources.line_column(site.span.file, site.span.begin);
  std::vector<std::string> arguments;
  for (const ir::EffectArgument& argument : row.arguments) arguments.push_back(as_json(argument));
  return fmt::format(
      R"({{"site":{},"file":{},"line":{},"column":{},"node":{},"effects":{},"arguments":{{{}}}}})",
      json_string(site.id), json_string(sources.name(site.span.file)), at.line, at.column,
      json_string(node.name), effects_as_json(node), fmt::join(arguments, ","));
}

}  // namespace

std::string plan_text(const std::vector<ir::EffectRow>& rows, const ir::Module& module,
                      const SourceMap& sources) {
  if (rows.empty()) return "it touches nothing: none of its stages has effects\n";
  size_t places = 0, effects = 0;
  for (const ir::EffectRow& row : rows) {
    places = std::max(places, place(module.sites[row.site.index], sources).size());
    effects = std::max(effects, module.node(row.node).effects.size());
  }
  std::string text;
  for (const ir::EffectRow& row : rows)
    text += fmt::format("{:{}}  {:{}}  {}\n", place(module.sites[row.site.index], sources), places,
                        module.node(row.node).effects, effects, shown_call(row, module));
  return text;
}

std::string plan_json(const std::vector<ir::EffectRow>& rows, const ir::Module& module,
                      const SourceMap& sources) {
  std::vector<std::string> all;
  for (const ir::EffectRow& row : rows) all.push_back(as_json(row, module, sources));
  return fmt::format("[{}]\n", fmt::join(all, ","));
}

}  // namespace pflow
