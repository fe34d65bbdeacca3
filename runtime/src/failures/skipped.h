/// How many items were skipped, stage by stage, and why, told when the program ends.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// Another `each` with `on_error: skip` has ended.
void count_skipped(const pf_site* site, int64_t skipped, int64_t items);
/// Whether the reason of one more is told, or only counted.
[[nodiscard]] bool wants_reason(const pf_site* site);
/// Why one item is skipped. The first reasons are told, of the others how many of a kind.
void note_skipped(const pf_site* site, pf_error_kind kind, pf_str reason);
/// `,"skipped":3,"reasons":["…"]` of all stages; nothing when none was.
void add_skipped_json(Buffer& out);
/// On standard error, for each stage that skipped items; nothing with --quiet or --json.
void print_skipped();

}  // namespace pflow::rt
