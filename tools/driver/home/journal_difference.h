/// How two runs differ, by their journals.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "tools/driver/home/journal_summary.h"

namespace pflow::home {

struct StageDifference {
  std::string key;
  bool arguments = false, result = false;
  std::string first, second;  ///< their results, as they are shown
};

struct JournalDifference {
  std::string first_inputs, second_inputs;  ///< JSON; empty where they are the same
  std::vector<std::string> only_first, only_second;
  std::vector<StageDifference> stages;
  size_t same = 0;

  [[nodiscard]] bool is_empty() const {
    return first_inputs.empty() && second_inputs.empty() && only_first.empty() &&
           only_second.empty() && stages.empty();
  }
};

[[nodiscard]] JournalDifference difference(const JournalSummary& first,
                                           const JournalSummary& second);
[[nodiscard]] std::string difference_text(const JournalDifference& difference);
[[nodiscard]] boost::json::object difference_json(const JournalDifference& difference);

}  // namespace pflow::home
