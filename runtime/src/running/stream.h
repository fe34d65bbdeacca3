/// Streams inside the runtime.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Gives one reference back; may be null.
void close_stream(pf_stream* stream);
/// Appends to a stream made by pf_stream_of; consumes the value.
void list_stream_push(pf_stream* stream, const void* value);

}  // namespace pflow::rt
