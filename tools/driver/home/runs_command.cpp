// pflowc runs: the runs that keep a journal, the newest first, and what each has done.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/home/journal_difference.h"
#include "tools/driver/home/journal_reasons.h"
#include "tools/driver/home/journal_report.h"
#include "tools/driver/home/log_records.h"
#include "tools/driver/home/session.h"
#include "tools/driver/shortened.h"

namespace pflow::home {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view kSuffix = ".journal";

std::string_view word(StageState state) {
  switch (state) {
    case StageState::Done: return "done";
    case StageState::Failed: return "failed";
    case StageState::Begun: return "begun";
  }
  return "";
}

std::string moment(int64_t milliseconds) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time_t{milliseconds / 1000}));
}

size_t count(const JournalSummary& journal, StageState state) {
  return static_cast<size_t>(std::ranges::count(journal.stages, state, &StageSummary::state));
}

double cost(const JournalSummary& journal) {
  double sum = 0;
  for (const StageSummary& stage : journal.stages)
    if (stage.usage) sum += stage.usage->cost.value_or(0);
  return sum;
}

/// Of PFLOW_HOME, the newest first: their names begin with the time.
std::vector<fs::path> journals(const std::string& folder) {
  std::vector<fs::path> found;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, none))
    if (entry.path().extension() == kSuffix) found.push_back(entry.path());
  std::ranges::sort(found, std::ranges::greater());
  return found;
}

json::object head(const JournalSummary& journal) {
  return {{"id", journal.id},
          {"program", journal.program},
          {"began", moment(journal.began)},
          {"state", state_of(journal)},
          {"begins", journal.begins},
          {"done", count(journal, StageState::Done)},
          {"failed", count(journal, StageState::Failed)},
          {"begun", count(journal, StageState::Begun)},
          {"cached", count_cached(journal)},
          {"cost_usd", cost(journal)}};
}

int list(const std::string& folder, const Options& request, Session& session) {
  json::array all;
  std::string text;
  for (const fs::path& path : journals(folder)) {
    std::optional<JournalSummary> journal = read_journal(path);
    if (!journal) continue;
    all.emplace_back(head(*journal));
    text += fmt::format("{}  {:7}  {} done", journal->id, state_of(*journal),
                        count(*journal, StageState::Done));
    if (size_t failed = count(*journal, StageState::Failed))
      text += fmt::format(", {} failed", failed);
    if (size_t begun = count(*journal, StageState::Begun)) text += fmt::format(", {} begun", begun);
    if (size_t cached = count_cached(*journal)) text += fmt::format(", {} cached", cached);
    if (cost(*journal) > 0) text += fmt::format("  ${:g}", cost(*journal));
    text += "  " + journal->program + "\n";
  }
  if (request.json) text = json::serialize(all) + "\n";
  if (text.empty()) text = "no run keeps a journal: `--journal auto` makes one\n";
  return session.print(text);
}

json::object as_json(const StageSummary& stage) {
  json::object made{{"key", stage.key},           {"node", stage.node},
                    {"state", word(stage.state)}, {"began", moment(stage.began)},
                    {"ms", stage.took},           {"tries", stage.tries}};
  for (const auto& [name, text] : {std::pair("input", &stage.input), {"output", &stage.output}})
    if (!text->empty()) made[name] = json::parse(*text);
  if (!stage.error.empty()) made["error"] = stage.error;
  return made;
}

std::string shown(const StageSummary& stage) {
  constexpr size_t kMostShown = 100;
  std::string text =
      fmt::format("{:6}  {:>7} ms  {}  {}", word(stage.state), stage.took, stage.key, stage.node);
  if (stage.tries > 1) text += fmt::format("  try {}", stage.tries);
  const std::string& told = !stage.error.empty()    ? stage.error
                            : !stage.output.empty() ? stage.output
                                                    : stage.input;
  return text + "  " + shortened(told, kMostShown) + "\n";
}

/// The journal of a run, by its id or its path; nothing after a failure was noted.
std::optional<std::pair<fs::path, JournalSummary>> find(const std::string& folder,
                                                        const std::string& run, Session& session) {
  fs::path path = run;
  if (run.find('/') == std::string::npos && !fs::exists(path))
    path = fs::path(folder) / (run + std::string(kSuffix));
  if (std::optional<JournalSummary> journal = read_journal(path))
    return std::pair(path, std::move(*journal));
  std::vector<std::string> names;
  for (const fs::path& known : journals(folder)) names.push_back(known.stem().string());
  session.fail_missing("journal of a run", run, {names.begin(), names.end()});
  return std::nullopt;
}

int show(const std::string& folder, const std::string& run, const Options& request,
         Session& session) {
  auto found = find(folder, run, session);
  if (!found) return kExitErrors;
  const JournalSummary* journal = &found->second;
  if (request.json) {
    json::object made = head(*journal);
    json::array stages;
    for (const StageSummary& stage : journal->stages) stages.emplace_back(as_json(stage));
    made["stages"] = std::move(stages);
    return session.print(json::serialize(made) + "\n");
  }
  std::string text = fmt::format("{} of `{}`, begun {}: {}\n", journal->id, journal->program,
                                 moment(journal->began), state_of(*journal));
  for (const StageSummary& stage : journal->stages) text += shown(stage);
  for (const LookupSummary& lookup : journal->lookups)
    if (lookup.hit) text += fmt::format("{:19}{}  {}\n", "cached", lookup.key, lookup.node);
  return session.print(text);
}

int report(const std::string& folder, const std::string& run, Session& session) {
  auto found = find(folder, run, session);
  return found ? session.print(journal_report(found->second)) : kExitErrors;
}

int why(const std::string& folder, const std::string& run, const Options& request,
        Session& session) {
  auto found = find(folder, run, session);
  if (!found) return kExitErrors;
  return session.print(request.json ? json::serialize(reasons_json(found->second)) + "\n"
                                    : reasons_text(found->second));
}

/// Exit code 1 where they differ, as `diff` has it.
int diff(const std::string& folder, const Options& request, Session& session) {
  auto first = find(folder, request.word(1), session);
  auto second = first ? find(folder, request.word(2), session) : std::nullopt;
  if (!second) return kExitErrors;
  const JournalDifference found = difference(first->second, second->second);
  session.print(request.json ? json::serialize(difference_json(found)) + "\n"
                             : difference_text(found));
  return found.is_empty() ? kExitDone : kExitErrors;
}

/// The records alone, a line each.
int export_records(const std::string& folder, const std::string& run, Session& session) {
  auto found = find(folder, run, session);
  if (!found) return kExitErrors;
  std::ifstream file(found->first, std::ios::binary);
  std::string text;
  for (std::string line; std::getline(file, line);)
    if (std::optional<json::object> record = read_record(line))
      text += json::serialize(*record) + "\n";
  return session.print(text);
}

int remove(const std::string& folder, const std::string& run, Session& session) {
  auto found = find(folder, run, session);
  if (!found) return kExitErrors;
  if (found->second.is_running) return session.fail("`" + run + "` still runs");
  std::error_code failed;
  if (fs::remove(found->first, failed)) return kExitDone;
  return session.fail("`" + found->first.string() + "`: " + failed.message());
}

/// The journals of runs that have ended well: nobody goes on with them.
int prune(const std::string& folder, Session& session) {
  size_t removed = 0;
  std::error_code failed;
  for (const fs::path& path : journals(folder)) {
    std::optional<JournalSummary> journal = read_journal(path);
    if (journal && state_of(*journal) == "done" && fs::remove(path, failed)) ++removed;
  }
  return session.print(
      fmt::format("{} {} removed\n", removed, removed == 1 ? "journal" : "journals"));
}

std::vector<OptionRows> rows() { return {kJsonOption, kCommonOptions}; }

int run(const Options& request, Session& session) {
  const std::string folder = session.path("runs");
  if (folder.empty()) return kExitErrors;
  const std::string action = request.words.empty() ? "list" : request.word(0);
  if (action == "list" && request.words.size() <= 1) return list(folder, request, session);
  if (action == "show" && request.words.size() == 2)
    return show(folder, request.word(1), request, session);
  if (action == "report" && request.words.size() == 2)
    return report(folder, request.word(1), session);
  if (action == "why" && request.words.size() == 2)
    return why(folder, request.word(1), request, session);
  if (action == "diff" && request.words.size() == 3) return diff(folder, request, session);
  if (action == "export" && request.words.size() == 2)
    return export_records(folder, request.word(1), session);
  if (action == "remove" && request.words.size() == 2)
    return remove(folder, request.word(1), session);
  if (action == "prune" && request.words.size() == 1) return prune(folder, session);
  return session.fail_usage(
      "runs",
      "`list`, `show RUN`, `report RUN`, `why RUN`, `diff RUN RUN`, `export RUN`, "
      "`remove RUN` or `prune`",
      action);
}

}  // namespace
}  // namespace pflow::home

namespace pflow {

constexpr Command kRunsCommand = {"runs",
                                  "show the runs that keep a journal",
                                  "[list]\n"
                                  "show RUN\n"
                                  "report RUN\n"
                                  "why RUN\n"
                                  "diff RUN RUN\n"
                                  "export RUN\n"
                                  "remove RUN\n"
                                  "prune",
                                  "show 20261130T091500.123456-4711",
                                  home::rows,
                                  home::with_session<home::run>};

}  // namespace pflow
