#include "tools/driver/home/journal_reasons.h"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace pflow::home {
namespace {

namespace json = boost::json;

/// Why a stage was done again behind `before`.
std::string reason(const StageTime& before, const StageTime& then) {
  std::string why = before.state == StageState::Failed  ? "it had failed: " + before.error
                    : before.state == StageState::Begun ? "the run had ended before it"
                    : !before.not_kept.empty() ? "what it gave was not kept: " + before.not_kept
                                               : "the run went on from an earlier stage";
  if (before.args != then.args) why += ", with other arguments";
  return why;
}

std::vector<std::string> reasons(const StageSummary& stage) {
  std::vector<std::string> found;
  for (size_t i = 0; i < stage.before.size(); ++i)
    found.push_back(
        reason(stage.before[i], i + 1 < stage.before.size() ? stage.before[i + 1] : stage));
  return found;
}

}  // namespace

std::string reasons_text(const JournalSummary& journal) {
  std::string text;
  for (const StageSummary& stage : journal.stages) {
    if (stage.before.empty()) continue;
    text += fmt::format("{}: done {} times\n", stage.key, stage.before.size() + 1);
    for (const std::string& why : reasons(stage)) text += fmt::format("  again, as {}\n", why);
  }
  for (const LookupSummary& lookup : journal.lookups) {
    text += lookup.key + (lookup.hit ? ": from the cache" : ": not from the cache");
    text += lookup.why.empty() ? "\n" : ", as " + lookup.why + "\n";
  }
  return text.empty() ? "no stage was done twice\n" : text;
}

json::array reasons_json(const JournalSummary& journal) {
  json::array made;
  for (const StageSummary& stage : journal.stages) {
    if (stage.before.empty()) continue;
    const std::vector<std::string> why = reasons(stage);
    made.emplace_back(json::object{{"key", stage.key},
                                   {"times", stage.before.size() + 1},
                                   {"reasons", json::array(why.begin(), why.end())}});
  }
  for (const LookupSummary& lookup : journal.lookups)
    made.emplace_back(json::object{
        {"key", lookup.key}, {"cache", lookup.hit ? "hit" : "miss"}, {"why", lookup.why}});
  return made;
}

}  // namespace pflow::home
