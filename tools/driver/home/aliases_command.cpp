// pflowc aliases: aliases.json.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/home/object_file.h"
#include "tools/driver/home/removal.h"
#include "tools/driver/home/session.h"

namespace pflow::home {
namespace {

namespace json = boost::json;

std::vector<std::string_view> names_of(const json::object& aliases) {
  std::vector<std::string_view> names;
  for (const auto& member : aliases) names.emplace_back(member.key());
  return names;
}

int list(const json::object& aliases, const Options& request, Session& session) {
  if (request.json) return session.print(json::serialize(aliases) + "\n");
  size_t width = 0;
  for (std::string_view name : names_of(aliases)) width = std::max(width, name.size());
  std::string text;
  for (const auto& [name, model] : aliases)
    text += fmt::format("{:<{}}  {}\n", std::string_view(name), width,
                        model.is_string() ? std::string_view(model.as_string())
                                          : std::string_view("(no name of a model)"));
  return session.print(text.empty() ? "there are no aliases\n" : text);
}

/// Whether the model, by whatever aliases, leads to the name.
bool leads_to(const json::object& aliases, std::string model, const std::string& name) {
  for (size_t steps = 0; steps <= aliases.size(); ++steps) {
    if (model == name) return true;
    const json::value* next = aliases.if_contains(model);
    if (next == nullptr || !next->is_string()) return false;
    model = next->as_string();
  }
  return false;
}

int set(const std::string& path, const Options& request, Session& session) {
  const std::string name = request.word(1), model = request.word(2);
  bool loop = false;
  std::string problem = change_object(path, [&](json::object& aliases) {
    loop = leads_to(aliases, model, name);
    if (!loop) aliases[name] = model;
    return !loop;
  });
  if (!problem.empty()) return session.fail(problem);
  if (loop) return session.fail(fmt::format("`{}` leads back to `{}`", model, name));
  return kExitDone;
}

std::vector<OptionRows> rows() { return {kJsonOption, kCommonOptions}; }

int run(const Options& request, Session& session) {
  const std::string action = request.words.empty() ? "list" : request.word(0);
  const size_t count = std::max<size_t>(request.words.size(), 1);
  std::string path = session.path("aliases.json");
  if (path.empty()) return kExitErrors;
  if (action == "path" && count == 1) return session.print(path + "\n");
  if (action == "set" && count == 3) return set(path, request, session);
  if (action == "remove" && count == 2)
    return remove_member(path, "alias", request.word(1), session);
  if (action != "list" || count != 1)
    return session.fail_usage("aliases", "`list`, `set NAME MODEL`, `remove NAME` or `path`",
                              action);
  json::object aliases;
  if (std::string problem = read_object(path, aliases); !problem.empty())
    return session.fail(problem);
  return list(aliases, request, session);
}

}  // namespace
}  // namespace pflow::home

namespace pflow {

constexpr Command kAliasesCommand = {"aliases",
                                     "list, set or remove names of models",
                                     "[list]\n"
                                     "set NAME MODEL\n"
                                     "remove NAME\n"
                                     "path",
                                     "set fast gpt-6-luna",
                                     home::rows,
                                     home::with_session<home::run>};

}  // namespace pflow
