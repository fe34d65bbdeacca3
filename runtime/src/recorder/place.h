/// Where in a run a call stands.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// The sites that lead to the call, from the outside in, with the items of an `each` that they
/// work on: `main/each#5c[17] > judge/llm#a0`. It is the same in each run of the program.
void add_place(Buffer& out, const pf_call& call);
/// Whether it is part of another step, as a tool that `llm` calls is.
[[nodiscard]] bool is_within_step(const pf_call& call);
/// Which try of its stage it is, from 1.
[[nodiscard]] int64_t attempt_of(const pf_call& call);

/// The nearest policy `in_doubt` around it, as pf_policy has it; negative: there is none.
[[nodiscard]] int64_t in_doubt_of(const pf_call& call);

}  // namespace pflow::rt
