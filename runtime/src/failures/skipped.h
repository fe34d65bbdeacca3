/// How many items `each` has skipped, stage by stage, told when the program ends.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Another `each` with `on_error: skip` has ended.
void count_skipped(const pf_site* site, int64_t skipped, int64_t items);
/// Of all stages.
[[nodiscard]] int64_t all_skipped();
/// A line on standard error for each stage that skipped items; nothing with --quiet
/// or --json.
void print_skipped();

}  // namespace pflow::rt
