// pflowc keys: keys.json.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "support/json_text.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/home/object_file.h"
#include "tools/driver/home/removal.h"
#include "tools/driver/home/secret_prompt.h"
#include "tools/driver/home/session.h"

namespace pflow::home {
namespace {

namespace json = boost::json;

struct KeyVariable {
  std::string_view name, variable;
};
constexpr KeyVariable kVariables[] = {
#define PFLOW_PROVIDER(Name, word, base_variable, default_url, key_variable, needs_key, \
                       key_header, batch_share)                                         \
  {#word, key_variable},
#include "stdlib-nodes/models/choice/providers.def"
};

/// Those whose values are keys; a comment is none.
std::vector<std::string_view> names_of(const json::object& keys) {
  std::vector<std::string_view> names;
  for (const auto& [key, value] : keys)
    if (value.is_string() && !std::string_view(key).starts_with("//")) names.emplace_back(key);
  std::ranges::sort(names);
  return names;
}

int list(const json::object& keys, const Options& request, Session& session) {
  std::string text;
  for (std::string_view name : names_of(keys)) {
    if (request.json)
      text += (text.empty() ? "[" : ",") + json_string(name);
    else
      text += std::string(name) + "\n";
  }
  if (request.json) return session.print((text.empty() ? "[" : text) + "]\n");
  return session.print(text.empty() ? "no keys are stored\n" : text);
}

/// Its end, of one that is long enough to stay secret.
std::string masked(std::string_view key) {
  constexpr size_t kLong = 12, kShown = 4;
  return key.size() < kLong ? "…" : "…" + std::string(key.substr(key.size() - kShown));
}

int resolve(const json::object& keys, const std::string& name, Session& session) {
  if (const json::value* stored = keys.if_contains(name); stored && stored->is_string())
    return session.print(fmt::format("{}: keys.json, {}\n", name, masked(stored->as_string())));
  for (const KeyVariable& known : kVariables) {
    if (known.name != name) continue;
    std::string value = session.env().variable(std::string(known.variable).c_str());
    if (!value.empty())
      return session.print(fmt::format("{}: {}, {}\n", name, known.variable, masked(value)));
    session.fail_missing("key", name, names_of(keys));
    return session.fail(fmt::format("{} is not set, either", known.variable));
  }
  return session.fail_missing("key", name, names_of(keys));
}

int set(const std::string& path, const Options& request, Session& session) {
  const std::string name = request.word(1);
  std::string key = request.value.value_or("");
  if (!request.value) {
    Result<std::string> given = read_secret("Key of " + name + ": ", session.env());
    if (!given) return session.fail(given.message());
    key = *given;
  }
  while (!key.empty() && (key.back() == '\n' || key.back() == '\r' || key.back() == ' '))
    key.pop_back();
  if (key.empty()) return session.fail("the key is empty");
  std::string problem = change_object(path, [&](json::object& keys) {
    keys[name] = key;
    return true;
  });
  return problem.empty() ? kExitDone : session.fail(problem);
}

constexpr OptionRow kOptions[] = {
    {"--value", "KEY", "`set`: the key; else it is asked for, or read from standard input",
     [](Options& options, const std::string& value) -> std::string_view {
       options.value = value;
       return {};
     }},
};

std::vector<OptionRows> rows() { return {kOptions, kJsonOption, kCommonOptions}; }

int run(const Options& request, Session& session) {
  const std::string action = request.words.empty() ? "list" : request.word(0);
  const size_t wanted = action == "list" || action == "path" ? 1 : 2;
  std::string path = session.path("keys.json");
  if (path.empty()) return kExitErrors;
  bool known = action == "list" || action == "path" || action == "get" || action == "set" ||
               action == "remove" || action == "resolve";
  if (!known || (!request.words.empty() && request.words.size() != wanted))
    return session.fail_usage(
        "keys", "`list`, `get NAME`, `set NAME`, `remove NAME`, `resolve NAME` or `path`", action);
  if (action == "path") return session.print(path + "\n");
  if (action == "set") return set(path, request, session);
  if (action == "remove") return remove_member(path, "key", request.word(1), session);
  json::object keys;
  if (std::string problem = read_object(path, keys); !problem.empty()) return session.fail(problem);
  if (action == "list") return list(keys, request, session);
  if (action == "resolve") return resolve(keys, request.word(1), session);
  const json::value* key = keys.if_contains(request.word(1));
  if (key == nullptr || !key->is_string())
    return session.fail_missing("key", request.word(1), names_of(keys));
  return session.print(std::string(key->as_string()) + "\n");
}

}  // namespace
}  // namespace pflow::home

namespace pflow {

constexpr Command kKeysCommand = {"keys",
                                  "list, show, store or remove keys of providers",
                                  "[list]\n"
                                  "get NAME\n"
                                  "set NAME [--value KEY]\n"
                                  "remove NAME\n"
                                  "resolve NAME\n"
                                  "path",
                                  "set openai",
                                  home::rows,
                                  home::with_session<home::run>};

}  // namespace pflow
