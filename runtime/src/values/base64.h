/// Base64 of RFC 4648, with padding.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

void add_base64(Buffer& out, pf_str bytes);
/// False when `text` is no base64: a foreign character, wrong padding, stray bits.
[[nodiscard]] bool read_base64(Buffer& out, pf_str text);

}  // namespace pflow::rt
