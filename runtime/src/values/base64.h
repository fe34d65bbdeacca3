/// Base64 of RFC 4648: written with padding on one line; read as mails and services have
/// it, with line ends (RFC 2045), without padding, in either alphabet.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

void add_base64(Buffer& out, pf_str bytes);
/// Null, or what is wrong with `text`: "a character that is no digit"; `offset` is where.
[[nodiscard]] const char* read_base64(Buffer& out, pf_str text, size_t& offset);

}  // namespace pflow::rt
