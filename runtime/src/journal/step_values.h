/// What goes into a step and what comes out of it, as a journal holds it.
#pragma once

#include "runtime/src/recorder/step.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

/// Adds 32 hexadecimal digits that differ where arguments do. Secrets, which may be others at the
/// next time, streams and tools do not count.
void add_arguments_hash(Buffer& out, const pf_node& node, const void* in);

/// Adds the outputs as a JSON object. Else nothing is added, and why is told: a value that cannot
/// be read back as what it is, or holds what may not be kept.
[[nodiscard]] const char* add_outputs(Buffer& json, const pf_node& node, const void* out);
/// Reads them back into zeroed room. False: they are of other types; the room is zero again.
[[nodiscard]] bool take_outputs(pf_str json, const pf_node& node, void* out);

/// Whether a key or secret that the program was given stands in the JSON.
[[nodiscard]] bool holds_key(pf_str json);

}  // namespace pflow::rt
