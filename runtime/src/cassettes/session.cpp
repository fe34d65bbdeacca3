// The cassettes of this run: which, in which mode, and the one that listens.
#include <stdlib.h>
#include <string.h>

#include <iterator>

#include "runtime/src/cassettes/cassette.h"
#include "runtime/src/cassettes/cassettes.h"
#include "runtime/src/failures/report.h"
#include "runtime/src/program/recording_options.h"
#include "runtime/src/program/used_keys.h"

namespace pflow {
const HttpTape* http_tape;
}

namespace pflow::cassettes {
namespace {

constexpr const char* kModes[] = {"none", "once", "new_episodes", "all"};
constexpr const char* kModesHelp = "it is `once`, `new_episodes`, `none` or `all`";

Cassette* g_listening;

constexpr HttpTape kTape = {[] { return g_listening->plays_only(); },
                            [](const HttpHop& hop) { return g_listening->begin(hop); },
                            RecordingTape::take, RecordingTape::end, RecordingTape::drop};

/// What the command line says, else the environment.
struct Choice {
  const char* record;
  const char* replay;
  const char* mode;
  bool of_environment;

  [[nodiscard]] const char* name(const char* option, const char* variable) const {
    return of_environment ? variable : option;
  }
};

const char* variable(const char* name) {
  const char* value = getenv(name);
  return value && *value ? value : nullptr;
}

Choice choice() {
  const rt::RecordingOptions& given = rt::recording_options();
  Choice chosen{given.record, given.replay, given.mode, false};
  if (!chosen.record && !chosen.replay) {
    chosen.record = variable("PFLOW_RECORD");
    chosen.replay = variable("PFLOW_REPLAY");
    chosen.of_environment = true;
  }
  if (!chosen.mode && !chosen.replay) chosen.mode = variable("PFLOW_RECORD_MODE");
  return chosen;
}

bool wrong(const std::string& problem, const char* help) {
  rt::print_report({PF_E_USAGE, nullptr, literal(problem), literal(help)});
  return false;
}

bool find_mode(const Choice& chosen, Mode& mode) {
  const char* word = chosen.mode ? chosen.mode : chosen.replay ? "none" : "once";
  for (size_t i = 0; i < std::size(kModes); ++i) {
    if (strcmp(kModes[i], word) != 0) continue;
    mode = static_cast<Mode>(i);
    return true;
  }
  return wrong("there is no way to record `" + std::string(word) + "`", kModesHelp);
}

bool check(const Choice& chosen, Mode mode) {
  std::string replay = std::string("`") + chosen.name("--replay", "PFLOW_REPLAY") + "`";
  std::string record = std::string("`") + chosen.name("--record", "PFLOW_RECORD") + "`";
  if (chosen.record && chosen.replay)
    return wrong(replay + " and " + record + " are both given",
                 "`--record FILE --record-mode new_episodes` does both");
  if (chosen.replay && mode != Mode::None)
    return wrong(replay + " records nothing, and the mode is `" + chosen.mode + "`",
                 "name the file with `--record`");
  if (!chosen.record && !chosen.replay && rt::recording_options().mode)
    return wrong("`--record-mode` is given without `--record`", "`--record FILE` names the file");
  return true;
}

bool open() {
  Choice chosen = choice();
  Mode mode = Mode::None;
  if (!find_mode(chosen, mode) || !check(chosen, mode)) return false;
  const char* path = chosen.replay ? chosen.replay : chosen.record;
  if (!path) return true;
  auto* cassette = make<Cassette>(path, mode);
  if (!cassette->open()) return false;
  g_listening = cassette;
  http_tape = &kTape;
  rt::set_requests_replayed(cassette->plays_only());
  return true;
}

bool finish() {
  Cassette* ended = g_listening;
  if (!ended) return true;
  http_tape = nullptr;
  g_listening = nullptr;
  return ended->finish();
}

}  // namespace
}  // namespace pflow::cassettes

extern const pflow::rt::CassettesApi pf_cassettes = {pflow::cassettes::open,
                                                     pflow::cassettes::finish};
