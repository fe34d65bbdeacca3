#include "tools/driver/home/home_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "tools/driver/exit_code.h"
#include "tools/driver/home/session.h"

namespace pflow {
namespace {

using home::Request;
using home::Session;

struct HomeCommand {
  std::string_view name;
  int (*run)(const Request& request, Session& session);
  std::string_view help;
};

constexpr auto kCommands = std::to_array<HomeCommand>({
    {"keys", home::run_keys,
     "pflowc keys [list] | get NAME | set NAME [--value KEY] | remove NAME | resolve NAME | "
     "path\n"},
    {"aliases", home::run_aliases,
     "pflowc aliases [list] | set NAME MODEL | remove NAME | path, with --json\n"},
    {"fragments", home::run_fragments,
     "pflowc fragments [list] | get NAME | set NAME [FILE] | remove NAME | path, with --json\n"},
    {"models", home::run_models,
     "pflowc models [list] | default [MODEL] | options [MODEL [NAME VALUE | NAME --remove]], "
     "with --json\n"},
    {"logs", home::run_logs,
     "pflowc logs [-n N] [-m MODEL] [-q TEXT] [--json] | path | on | off\n"},
});

constexpr auto kNames = [] {
  std::array<std::string_view, kCommands.size()> names;
  for (size_t i = 0; i < names.size(); ++i) names[i] = kCommands[i].name;
  return names;
}();

/// False when they are not those of any of the commands.
bool read_arguments(std::vector<std::string> given, Request& request, bool& help) {
  CLI::App app;
  app.set_help_flag();
  app.add_option("words", request.words);
  app.add_flag("--json", request.json);
  app.add_flag("--remove", request.remove);
  app.add_flag("--help,-h", help);
  CLI::Option* value = app.add_option("--value", request.value);
  app.add_option("-n", request.count);
  app.add_option("-m,--model", request.model);
  app.add_option("-q,--query", request.query);
  std::reverse(given.begin(), given.end());
  try {
    app.parse(std::move(given));
  } catch (const CLI::ParseError&) {
    return false;
  }
  request.has_value = value->count() != 0;
  return true;
}

}  // namespace

std::span<const std::string_view> home_commands() { return kNames; }

int run_home_command(std::span<const std::string> arguments, DriverEnv& env) {
  const auto* command = std::ranges::find(kCommands, arguments.front(), &HomeCommand::name);
  Session session(env);
  Request request;
  bool help = false;
  int code = kExitUsage;
  if (!read_arguments({arguments.begin() + 1, arguments.end()}, request, help)) {
    std::string all;
    for (const std::string& word : arguments.subspan(1)) all += (all.empty() ? "" : " ") + word;
    session.fail_usage(command->name, command->help.substr(0, command->help.size() - 1), all);
  } else {
    code = help ? session.print(command->help) : command->run(request, session);
  }
  session.show();
  return code;
}

}  // namespace pflow
