/// Why stages of a run were done more than once, and why those with `cache` were done.
#pragma once

#include <boost/json/array.hpp>
#include <string>

#include "tools/driver/home/journal_summary.h"

namespace pflow::home {

[[nodiscard]] std::string reasons_text(const JournalSummary& journal);
/// An object for each stage that was: `key`, `times`, `reasons` in their order; then one for each
/// lookup in the cache: `key`, `cache`: `hit` or `miss`, `why`.
[[nodiscard]] boost::json::array reasons_json(const JournalSummary& journal);

}  // namespace pflow::home
