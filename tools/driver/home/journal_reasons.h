/// Why stages of a run were done more than once.
#pragma once

#include <boost/json/array.hpp>
#include <string>

#include "tools/driver/home/journal_summary.h"

namespace pflow::home {

[[nodiscard]] std::string reasons_text(const JournalSummary& journal);
/// An object for each stage that was: `key`, `times`, `reasons` in their order.
[[nodiscard]] boost::json::array reasons_json(const JournalSummary& journal);

}  // namespace pflow::home
