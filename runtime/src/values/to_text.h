/// Values as text: what a template interpolates.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// The value as a template shows it: text as it is, numbers plainly, secrets as
/// `***`, anything composed as compact JSON.
void add_text(Buffer& out, const void* value, const pf_type* type);

}  // namespace pflow::rt
