/// The report of a run, made of its journal.
#pragma once

#include <string>

#include "tools/driver/home/journal_summary.h"

namespace pflow::home {

/// The page that `--report` writes, without the picture of the flow: a journal does not hold the
/// program. Also of a run that still goes on.
[[nodiscard]] std::string journal_report(const JournalSummary& journal);

}  // namespace pflow::home
