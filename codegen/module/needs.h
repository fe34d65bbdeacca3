/// What a program needs of the runtime beyond its core.
#pragma once

#include "ir/ir.h"

namespace pflow::codegen {

/// Whether something in it may wait for time or for the outside, so that the event
/// loop is linked: an async node, or a policy that has to do with time.
[[nodiscard]] bool needs_time(const ir::Module& module);

/// Whether a stage keeps what it gave in the cache.
[[nodiscard]] bool needs_cache(const ir::Module& module);

/// Whether a stream has pure stages or records, which all cores may carry out and read.
[[nodiscard]] bool needs_cores(const ir::Module& module);

}  // namespace pflow::codegen
