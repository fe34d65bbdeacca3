/// The text of values that are strings in JSON.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// The text, without quotes, of a value whose type has the trait `tables::Quoted`: text as
/// it is, `***` for what is hidden, bytes in Base64.
void add_quoted_text(Buffer& out, const void* value, const pf_type* type);

}  // namespace pflow::rt
