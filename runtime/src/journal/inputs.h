/// The parameters of a run, as its journal holds them.
#pragma once

#include "runtime/src/values/buffer.h"

namespace pflow::rt {

/// Adds an object of those that can be kept: secrets and streams are given again by who resumes.
void add_inputs(Buffer& json, const pf_program& program, const void* params);
/// Sets those that are not set. False: one does not fit; `problem` says which.
[[nodiscard]] bool fill_inputs(pf_str inputs, const pf_program& program, void* params, bool* set,
                               Buffer& problem);

}  // namespace pflow::rt
