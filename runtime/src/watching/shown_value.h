/// Values as people look at them in traces and reports: JSON that is cut where it gets long.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// A text as a JSON string, of which about `most` bytes are shown. What the program was given as
/// secrets and keys is `***`.
void add_shown_text(Buffer& out, pf_str text, size_t most);
/// `{"path":"a.txt"}` of the ports of a node, in about `most` bytes, without those that are none.
void add_shown_ports(Buffer& out, const pf_field* ports, uint32_t count, const void* block,
                     size_t most);

}  // namespace pflow::rt
