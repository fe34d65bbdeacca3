/// The journal of this run.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;
struct StepKey;

/// What `--resume` takes to go on with it; null: the run keeps none.
[[nodiscard]] const char* journal_name();

/// What the step of the call is known by, while it is carried out; null: the run keeps no journal.
[[nodiscard]] StepKey* key_of(const pf_call& call);
/// Writes a record, and against a loss of power waits for the disk where that is wanted.
void write_effect(Buffer& record);

}  // namespace pflow::rt
