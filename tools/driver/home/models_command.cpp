// pflowc models: the models that are known, the default one, and what models are given by default.
#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "support/json_text.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/home/model_names.h"
#include "tools/driver/home/object_file.h"
#include "tools/driver/home/session.h"
#include "tools/driver/packages/offers.h"

namespace pflow::home {
namespace {

namespace json = boost::json;

struct Priced {
  std::string_view id;
  double input, output;
};
constexpr Priced kPriced[] = {
#define PFLOW_PRICE(id, above, input, cached, written, output) \
  {id, (above) == 0 ? (input) : -1, output},
#include "stdlib-nodes/models/choice/prices.def"
};

struct Row {
  const char* pattern;
  std::string_view provider;
};
constexpr Row kRows[] = {
#define PFLOW_MODEL(pattern, provider, ...) {pattern, #provider},
#include "stdlib-nodes/models/choice/models.def"
};

/// What is printed of a model.
struct Listed {
  std::string id, provider;
  std::vector<std::string> aliases;
  bool embeds = false;
  double input = -1, output = -1;  ///< US dollars per million tokens; negative: unknown
};

/// In small letters, as in `provider/id`; empty for what answers in no words.
std::string provider_of(const std::string& id) {
  for (const Row& row : kRows) {
    if (std::string_view(row.pattern) == "*" || fnmatch(row.pattern, id.c_str(), 0) != 0) continue;
    std::string name(row.provider);
    for (char& c : name) c = static_cast<char>(c | 0x20);
    return name;
  }
  return "";
}

/// `names` are its id and its aliases.
void add(std::vector<Listed>& all, const std::vector<std::string>& names, std::string from,
         bool embeds) {
  all.push_back({names.front(), std::move(from), {names.begin() + 1, names.end()}, embeds});
}

/// Those of the user, of packages, of the table.
std::vector<Listed> all_models(const std::vector<RegisteredName>& own,
                               const std::vector<packages::Offer>& offers) {
  std::vector<Listed> all;
  for (const RegisteredName& model : own) add(all, model.names, "models.yaml", model.embeds);
  for (const packages::Offer& offer : offers)
    for (const packages::BroughtModel& model : offer.models)
      add(all, model.names, "package " + offer.folder.name, model.embeds);
  for (const Priced& priced : kPriced) {
    std::string id(priced.id);
    std::string provider = provider_of(id);
    if (priced.input >= 0 && !provider.empty())
      all.push_back({id, provider, {}, false, priced.input, priced.output});
  }
  return all;
}

std::string json_of(const std::vector<Listed>& models) {
  std::string text = "[";
  for (const Listed& model : models) {
    text += fmt::format(R"({}{{"id":{},"provider":{},"aliases":[)", text.size() > 1 ? "," : "",
                        json_string(model.id), json_string(model.provider));
    for (size_t i = 0; i < model.aliases.size(); ++i)
      text += (i == 0 ? "" : ",") + json_string(model.aliases[i]);
    text += fmt::format(R"(],"embedding":{},)", model.embeds);
    text += model.input < 0 ? std::string(R"("input":null,"output":null})")
                            : fmt::format(R"("input":{},"output":{}}})", model.input, model.output);
  }
  return text + "]\n";
}

std::string text_of(const std::vector<Listed>& models, const std::string& chosen) {
  std::string text;
  for (const Listed& model : models) {
    text += fmt::format("{:<28} {:<12}", model.id, model.provider);
    if (model.input >= 0) text += fmt::format(" ${:g} in, ${:g} out", model.input, model.output);
    if (model.embeds) text += " makes vectors";
    if (!model.aliases.empty()) text += fmt::format("  {}", fmt::join(model.aliases, ", "));
    text += "\n";
  }
  text += "prices are US dollars per million tokens, as of " PFLOW_PRICES_AS_OF "\n";
  return text + (chosen.empty() ? "no default model is set\n" : "default: " + chosen + "\n");
}

int list(const Options& request, Session& session) {
  std::string path = session.path("models.yaml");
  if (path.empty()) return kExitErrors;
  std::vector<RegisteredName> own;
  if (std::string problem = read_registered(path, own); !problem.empty())
    return session.fail(problem);
  json::object aliases;
  if (std::string problem = read_object(session.path("aliases.json"), aliases); !problem.empty())
    return session.fail(problem);
  const std::vector<packages::Offer> offers = packages::offers("", request, session.env());
  for (const packages::Offer& offer : offers)
    if (!offer.problem.empty())
      session.env().err(
          fmt::format("left out: the package `{}`, {}\n", offer.folder.name, offer.problem));
  std::vector<Listed> all = all_models(own, offers);
  for (const auto& [alias, target] : aliases)
    for (Listed& model : all)
      if (target.is_string() &&
          (target.as_string() == model.id || target.as_string() == model.provider + "/" + model.id))
        model.aliases.emplace_back(alias);
  std::string chosen = default_model(session.path("default_model.txt"), session.env());
  return session.print(request.json ? json_of(all) : text_of(all, chosen));
}

int choose(const Options& request, Session& session) {
  std::string path = session.path("default_model.txt");
  if (path.empty()) return kExitErrors;
  if (request.words.size() < 2) {
    std::string chosen = default_model(path, session.env());
    return session.print(chosen.empty() ? "no default model is set\n" : chosen + "\n");
  }
  std::string problem = replace_file(path, request.word(1) + "\n");
  return problem.empty() ? kExitDone : session.fail(problem);
}

/// A number or a switch as what it is, all else as text.
json::value value_of(const std::string& text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  return error ? json::value(text) : value;
}

int change_options(const std::string& path, const Options& request, Session& session) {
  const std::string model = request.word(1), name = request.word(2);
  bool found = true;
  std::string problem = change_object(path, [&](json::object& all) {
    json::value& options = all[model];
    if (!options.is_object()) options.emplace_object();
    if (!request.remove) {
      options.as_object()[name] = value_of(request.word(3));
      return true;
    }
    found = options.as_object().erase(name) != 0;
    if (options.as_object().empty()) all.erase(model);
    return found;
  });
  if (!problem.empty()) return session.fail(problem);
  return found ? kExitDone : session.fail_missing("option", name, {});
}

int show_options(const std::string& path, const Options& request, Session& session) {
  json::object all;
  if (std::string problem = read_object(path, all); !problem.empty()) return session.fail(problem);
  std::string text;
  for (const auto& [model, options] : all) {
    if (request.words.size() > 1 && request.word(1) != std::string_view(model)) continue;
    if (request.json || !options.is_object()) continue;
    for (const auto& [name, value] : options.as_object())
      text += fmt::format("{}: {} {}\n", std::string_view(model), std::string_view(name),
                          json::serialize(value));
  }
  if (request.json) return session.print(json::serialize(all) + "\n");
  return session.print(text.empty() ? "no options are set\n" : text);
}

constexpr OptionRow kOptions[] = {
    {"--remove", "", "`options`: remove the option", set_flag<&Options::remove>},
};

std::vector<OptionRows> rows() { return {kOptions, kPackageOptions, kJsonOption, kCommonOptions}; }

int run(const Options& request, Session& session) {
  const std::string action = request.words.empty() ? "list" : request.word(0);
  const size_t count = std::max<size_t>(request.words.size(), 1);
  if (action == "list" && count == 1) return list(request, session);
  if (action == "default" && count <= 2) return choose(request, session);
  if (action == "options" && count <= (request.remove ? 3U : 4U) &&
      (count != 3 || request.remove)) {
    std::string path = session.path("model_options.json");
    if (path.empty()) return kExitErrors;
    return count < 3 ? show_options(path, request, session)
                     : change_options(path, request, session);
  }
  return session.fail_usage("models", "`list`, `default [MODEL]` or `options [MODEL [NAME VALUE]]`",
                            action);
}

}  // namespace
}  // namespace pflow::home

namespace pflow {

constexpr Command kModelsCommand = {"models",
                                    "list models, set the default one, or what models are given",
                                    "[list]\n"
                                    "default [MODEL]\n"
                                    "options [MODEL [NAME VALUE | NAME --remove]]",
                                    "default gpt-6-luna",
                                    home::rows,
                                    home::with_session<home::run>};

}  // namespace pflow
