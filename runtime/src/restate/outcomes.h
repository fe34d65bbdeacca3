/// How a step has ended, as JSON that a Restate server keeps: what it gave, or its failure, so that
/// an attempt after it takes the same way.
#pragma once

#include "runtime/src/recorder/listener.h"
#include "runtime/src/values/buffer.h"

namespace pflow::restate {

/// Whether what the step gives can be kept at all.
[[nodiscard]] bool may_be_kept(const rt::Step& step);

/// Adds it, `args` being the hash of its arguments. False, and nothing is added: it holds what may
/// not be kept, or what JSON cannot hold.
[[nodiscard]] bool add_outcome(rt::Buffer& json, const rt::Step& step, const char* args,
                               pf_status status);

/// The hash of the arguments of that outcome.
[[nodiscard]] pf_str arguments_of(pf_str json);
/// Ends the step as the outcome says: `Done` or `Failed`; `None`: it is of another program.
[[nodiscard]] rt::Answer take_outcome(pf_str json, rt::Step& step, void* out);

}  // namespace pflow::restate
