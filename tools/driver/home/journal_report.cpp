#include "tools/driver/home/journal_report.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "tools/graph/page_text.h"
#include "tools/report/report_page.h"

namespace pflow::home {
namespace {

namespace json = boost::json;

/// The site of the innermost step of a key.
std::string site_of(std::string_view key) {
  if (const size_t inner = key.rfind(" > "); inner != std::string_view::npos)
    key.remove_prefix(inner + 3);
  return std::string(key.substr(0, key.find_first_of(" [")));
}

class ReportRun {
 public:
  explicit ReportRun(const JournalSummary& journal) : journal_(journal) {}

  json::object make() {
    json::array steps;
    for (const StageSummary* stage : in_time()) steps.emplace_back(step(*stage));
    json::object made{{"program", journal_.program},
                      {"pflow", journal_.pflow},
                      {"began", journal_.began},
                      {"ms", end_ - journal_.began},
                      {"exit_code", nullptr},
                      {"all", steps.size()},
                      {"left_out", 0},
                      {"cached", count_cached(journal_)},
                      {"events", json::array()}};
    if (journal_.exit_code) made["exit_code"] = *journal_.exit_code;
    made["state"] = state_of(journal_);
    made["calls"] = asked_;
    made["used"] = {{"input_tokens", used_.input_tokens},
                    {"output_tokens", used_.output_tokens},
                    {"cost_usd", used_.cost ? json::value(*used_.cost) : json::value()}};
    made["steps"] = std::move(steps);
    made["sites"] = std::move(sites_);
    made["nodes"] = std::move(nodes_);
    return made;
  }

 private:
  [[nodiscard]] std::vector<const StageSummary*> in_time() {
    std::vector<const StageSummary*> stages;
    end_ = journal_.began;
    for (const StageSummary& stage : journal_.stages) {
      stages.push_back(&stage);
      end_ = std::max(end_, stage.began + stage.took);
    }
    std::ranges::stable_sort(stages, {}, &StageSummary::began);
    return stages;
  }

  /// The first lane that is free then.
  int64_t lane(const StageSummary& stage) {
    auto free = std::ranges::find_if(busy_until_, [&](int64_t end) { return end <= stage.began; });
    if (free == busy_until_.end()) free = busy_until_.insert(free, 0);
    *free =
        stage.state == StageState::Begun ? end_ : stage.began + std::max<int64_t>(stage.took, 1);
    return free - busy_until_.begin();
  }

  static size_t number(const std::string& name, std::map<std::string, size_t>& known,
                       json::array& listed, json::object described) {
    auto [at, fresh] = known.try_emplace(name, listed.size());
    if (fresh) listed.emplace_back(std::move(described));
    return at->second;
  }

  json::array step(const StageSummary& stage) {
    const std::string site = site_of(stage.key);
    const size_t colon = stage.error.find(": ");
    const bool failed = stage.state == StageState::Failed;
    json::array made{
        number(site, site_numbers_, sites_,
               {{"id", site}, {"file", journal_.program}, {"line", 0}, {"source", ""}}),
        number(stage.node, node_numbers_, nodes_, {{"name", stage.node}, {"effects", ""}}),
        stage.key,
        stage.tries,
        lane(stage),
        stage.began - journal_.began,
        stage.state == StageState::Begun ? end_ - stage.began : stage.took,
        stage.input,
        stage.output,
        failed ? stage.error.substr(0, colon) : "",
        failed && colon != std::string::npos ? stage.error.substr(colon + 2) : ""};
    made.emplace_back(usage(stage));
    return made;
  }

  json::value usage(const StageSummary& stage) {
    if (!stage.usage) return nullptr;
    const StageUsage& used = *stage.usage;
    used_.input_tokens += used.input_tokens;
    used_.output_tokens += used.output_tokens;
    if (used.cost) used_.cost = used_.cost.value_or(0) + *used.cost;
    ++asked_;
    return json::array{used.input_tokens, used.output_tokens,
                       used.cost ? json::value(*used.cost) : json::value()};
  }

  const JournalSummary& journal_;
  int64_t end_ = 0;  ///< of the last step
  int64_t asked_ = 0;
  StageUsage used_;
  std::vector<int64_t> busy_until_;  ///< by lane
  std::map<std::string, size_t> site_numbers_, node_numbers_;
  json::array sites_, nodes_;
};

}  // namespace

std::string journal_report(const JournalSummary& journal) {
  const std::string page = report::report_page(std::nullopt);
  std::string_view rest = page;
  std::string out(graph::cut(rest, "@RUN@"));
  out += graph::without_tags(json::serialize(ReportRun(journal).make()));
  return out += rest;
}

}  // namespace pflow::home
