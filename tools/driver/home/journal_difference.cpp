#include "tools/driver/home/journal_difference.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <unordered_map>

#include "tools/driver/shortened.h"

namespace pflow::home {
namespace {

namespace json = boost::json;

constexpr size_t kMostShown = 200;

std::string result_of(const StageSummary& stage) {
  switch (stage.state) {
    case StageState::Failed: return stage.error;
    case StageState::Begun: return "no end";
    case StageState::Done:
      return stage.not_kept.empty() ? stage.output : "not kept: " + stage.not_kept;
  }
  return {};
}

json::array names(const std::vector<std::string>& keys) {
  return json::array(keys.begin(), keys.end());
}

}  // namespace

JournalDifference difference(const JournalSummary& first, const JournalSummary& second) {
  JournalDifference found;
  if (first.inputs != second.inputs) {
    found.first_inputs = first.inputs;
    found.second_inputs = second.inputs;
  }
  std::unordered_map<std::string_view, const StageSummary*> others;
  for (const StageSummary& stage : second.stages) others.emplace(stage.key, &stage);
  for (const StageSummary& stage : first.stages) {
    auto other = others.find(stage.key);
    if (other == others.end()) {
      found.only_first.push_back(stage.key);
      continue;
    }
    StageDifference differs{stage.key, stage.args != other->second->args, false, result_of(stage),
                            result_of(*other->second)};
    others.erase(other);
    differs.result = differs.first != differs.second;
    if (differs.arguments || differs.result)
      found.stages.push_back(std::move(differs));
    else
      ++found.same;
  }
  for (const StageSummary& stage : second.stages)
    if (others.contains(stage.key)) found.only_second.push_back(stage.key);
  return found;
}

std::string difference_text(const JournalDifference& difference) {
  std::string text;
  if (difference.first_inputs != difference.second_inputs)
    text += fmt::format("parameters differ\n  - {}\n  + {}\n",
                        shortened(difference.first_inputs, kMostShown),
                        shortened(difference.second_inputs, kMostShown));
  for (const std::string& key : difference.only_first) text += fmt::format("- {}\n", key);
  for (const std::string& key : difference.only_second) text += fmt::format("+ {}\n", key);
  for (const StageDifference& stage : difference.stages) {
    text += fmt::format("~ {}: {}\n", stage.key,
                        stage.arguments && stage.result ? "other arguments, another result"
                        : stage.arguments               ? "other arguments, the same result"
                                                        : "the same arguments, another result");
    if (stage.result)
      text += fmt::format("  - {}\n  + {}\n", shortened(stage.first, kMostShown),
                          shortened(stage.second, kMostShown));
  }
  return text + fmt::format("{} {} the same\n", difference.same,
                            difference.same == 1 ? "stage is" : "stages are");
}

json::object difference_json(const JournalDifference& difference) {
  json::array stages;
  for (const StageDifference& stage : difference.stages)
    stages.emplace_back(json::object{{"key", stage.key},
                                     {"arguments", stage.arguments},
                                     {"result", stage.result},
                                     {"first", stage.first},
                                     {"second", stage.second}});
  json::object made{{"only_first", names(difference.only_first)},
                    {"only_second", names(difference.only_second)},
                    {"different", std::move(stages)},
                    {"same", difference.same}};
  if (difference.first_inputs != difference.second_inputs)
    made["parameters"] = {{"first", json::parse(difference.first_inputs)},
                          {"second", json::parse(difference.second_inputs)}};
  return made;
}

}  // namespace pflow::home
