/// The lines of standard input as a stream.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Reads as its items are pulled. `item` is the type `str`, and outlives the stream.
[[nodiscard]] pf_stream* standard_lines(const pf_type* item);

}  // namespace pflow::rt
