// The cassettes of this run: which, in which mode, and the one that listens.
#include <stdlib.h>
#include <string.h>

#include <algorithm>
#include <iterator>

#include "pflow/cassettes.hpp"
#include "runtime/src/cassettes/cassette.h"
#include "runtime/src/cassettes/cassettes.h"
#include "runtime/src/failures/report.h"
#include "runtime/src/program/recording_options.h"
#include "runtime/src/program/replayed.h"

namespace pflow {
const HttpTape* http_tape;
}

namespace pflow::cassettes {
namespace {

constexpr const char* kModes[] = {"none", "once", "new_episodes", "all"};
constexpr const char* kModesHelp = "it is `once`, `new_episodes`, `none` or `all`";

/// They live as long as the program.
struct Session {
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    for (Cassette* cassette : of_blocks) destroy(cassette);
    if (of_run) destroy(of_run);
  }

  Cassette* of_run = nullptr;        ///< null: none
  std::vector<Cassette*> of_blocks;  ///< each file once
  Cassette* listening = nullptr;
};
Session g_session;

constexpr HttpTape kTape = {[] { return g_session.listening->plays_only(); },
                            [](const HttpHop& hop) { return g_session.listening->begin(hop); },
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

bool find_mode(const char* word, Mode& mode) {
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
  return true;
}

void listen(Cassette* cassette) {
  g_session.listening = cassette;
  http_tape = cassette ? &kTape : nullptr;
}

bool open_of_run() {
  Choice chosen = choice();
  Mode mode = Mode::None;
  const char* path = chosen.replay ? chosen.replay : chosen.record;
  if (!path && rt::recording_options().mode)
    return wrong("`--record-mode` is given without `--record`", "`--record FILE` names the file");
  if (!path) return true;
  const char* usual = chosen.replay ? "none" : "once";
  if (!find_mode(chosen.mode ? chosen.mode : usual, mode) || !check(chosen, mode)) return false;
  g_session.of_run = make<Cassette>(path, mode, Owner::Run);
  listen(g_session.of_run);
  return g_session.of_run->open();
}

/// From the folder of the source.
std::string path_of(const pf_site& site, std::string_view file) {
  std::string_view source = site.file;
  size_t slash = source.rfind('/');
  if (slash == source.npos || file.starts_with('/')) return std::string(file);
  return std::string(source.data(), slash + 1).append(file);
}

Cassette* find_of_block(const std::string& path) {
  for (Cassette* cassette : g_session.of_blocks)
    if (cassette->path() == path) return cassette;
  return nullptr;
}

bool open_of_block(const pf_site& site, Mode mode) {
  std::string path;
  for (uint32_t i = 0; i < site.literal_count; ++i)
    if (strcmp(site.literals[i].port, "file") == 0 && site.literals[i].text)
      path = path_of(site, site.literals[i].text);
  if (path.empty() || find_of_block(path)) return true;
  g_session.of_blocks.push_back(make<Cassette>(path, mode, Owner::Test));
  return g_session.of_blocks.back()->open();
}

bool is_of_blocks(const pf_preflight& preflight) {
  return preflight.site_count != 0 && strcmp(preflight.sites[0]->node, "cassette_begin") == 0;
}

/// Without a mode they play: a test that is run anywhere asks nobody.
bool open_of_blocks(const pf_program& program) {
  const pf_preflight* end = program.preflights + program.preflight_count;
  const pf_preflight* blocks = std::find_if(program.preflights, end, is_of_blocks);
  if (blocks == end) return true;
  const char* word = variable("PFLOW_RECORD_MODE");
  Mode mode = Mode::None;
  if (!find_mode(word ? word : "none", mode)) return false;
  return std::all_of(blocks->sites, blocks->sites + blocks->site_count,
                     [&](const pf_site* site) { return open_of_block(*site, mode); });
}

bool open(const pf_program& program) {
  if (!open_of_run() || !open_of_blocks(program)) return false;
  bool any = g_session.of_run || !g_session.of_blocks.empty();
  rt::set_requests_replayed(any && (!g_session.of_run || g_session.of_run->plays_only()) &&
                            std::ranges::all_of(g_session.of_blocks, &Cassette::plays_only));
  return true;
}

bool finish() {
  bool written = true;
  for (Cassette* cassette : g_session.of_blocks) written &= cassette->finish();
  if (g_session.of_run) written &= g_session.of_run->finish();
  return written;
}

bool is_listening() { return g_session.listening != nullptr; }

}  // namespace
}  // namespace pflow::cassettes

namespace pflow {

bool cassettes_are_open(const pf_site* const* sites, size_t count) {
  using namespace cassettes;
  return std::all_of(sites, sites + count,
                     [](const pf_site* site) { return open_of_block(*site, Mode::None); });
}

bool cassette_begin(const pf_site& site, const pf_str& file) {
  using namespace cassettes;
  Cassette* cassette = find_of_block(path_of(site, view(file)));
  if (cassette) listen(cassette);
  return cassette != nullptr;
}

void cassette_end() { cassettes::listen(cassettes::g_session.of_run); }

}  // namespace pflow

extern const pflow::rt::CassettesApi pf_cassettes = {
    pflow::cassettes::open, pflow::cassettes::finish, pflow::cassettes::is_listening};
