#include "tools/driver/run/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cerrno>

#include "tools/driver/commands/commands.h"
#include "tools/driver/home_path.h"
#include "tools/driver/own_arguments.h"
#include "tools/driver/phase_timer.h"
#include "tools/driver/run/become.h"
#include "tools/driver/run/digest.h"
#include "tools/driver/run/recorded_files.h"

namespace pflow::run {
namespace {

/// Changes with the form of what is stored.
constexpr std::string_view kVersion = "1";
/// Asks how long it takes; makes no other executable.
constexpr std::string_view kTime = "--time";
/// What begins the longer names of the options of every executable.
constexpr std::string_view kOwnPrefix = "--pflow-";

}  // namespace

std::vector<std::string> Program::words() const {
  std::vector<std::string> all = {name};
  all.insert(all.end(), passed.begin(), passed.end());
  return all;
}

std::string Program::stem() const {
  constexpr size_t kLongest = 40;
  std::string_view last = name;
  last.remove_prefix(last.rfind('/') + 1);  // npos + 1 is 0
  std::string stem;
  for (char c : last.substr(0, std::min(last.rfind('.'), kLongest)))
    stem += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ? c : '-';
  return stem.empty() || stem[0] == '-' ? "flow" : stem;
}

std::string_view Program::served_part() const {
  for (std::string_view word : passed) {
    if (word == "--") return "";
    if (!word.starts_with("--")) continue;
    word.remove_prefix(word.starts_with(kOwnPrefix) ? kOwnPrefix.size() : 2);
    if (word == "mcp" || word == "serve" || word.starts_with("serve=")) return "serve";
    if (word == "restate" || word.starts_with("restate=")) return "restate";
  }
  return "";
}

std::string store_path(const DriverEnv& env) {
  std::string home = home_path(env);
  return home.empty() ? "" : home + "/cache/run";
}

std::string entry_name(const Program& program, const DriverEnv& env) {
  const std::string library = env.variable("PFLOW_LIB"), home = home_path(env),
                    places = env.variable("PFLOW_PACKAGE_PATH"),
                    loaded = env.has_variable("PFLOW_LOAD_PACKAGES")
                                 ? "=" + env.variable("PFLOW_LOAD_PACKAGES")
                                 : std::string();
  std::vector<std::string_view> parts = {kVersion, env.executable, library,      home,
                                         places,   loaded,         program.name, program.text};
  for (const std::string& argument : program.own)
    if (argument != kTime) parts.push_back(argument);
  parts.push_back(program.served_part());
  return program.stem() + "-" + digest(parts).substr(0, 40);
}

void start_stored(const Store& store, const std::string& entry, const Program& program,
                  DriverEnv& env) {
  PhaseTimer timer;
  timer.start("cache");
  std::string record;
  Descriptor file = store.find(entry, record);
  if (file.get() < 0 || !still_holds(record, *env.files)) return;
  timer.stop();
  if (std::ranges::find(program.own, kTime) != program.own.end()) env.err(timer.json());
  // The cache may lie where nothing is executed.
  if (become(store.folder(), entry, program.words()) == EACCES)
    (void)become(file.get(), program.words());
}

void start_early(std::span<const std::string> arguments, DriverEnv& env) {
  OwnArguments own = own_arguments(kRunCommand, arguments);
  if (!own.has_word) return;
  const std::string& file = arguments[own.count - 1];
  // A pipe can be read only once.
  if (file == "-" || env.files->kind(file) != FileKind::File) return;
  Store store(store_path(env));
  if (store.folder() < 0) return;
  Result<std::string> text = env.files->read(file);
  if (!text) return;
  Program program{file, std::move(*text), {}, {}};
  program.own.assign(arguments.begin(), arguments.begin() + static_cast<ptrdiff_t>(own.count));
  program.passed.assign(arguments.begin() + static_cast<ptrdiff_t>(own.count), arguments.end());
  start_stored(store, entry_name(program, env), program, env);
}

}  // namespace pflow::run
