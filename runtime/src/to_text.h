/// Values as text: what a template interpolates and what a result prints.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// The value as a template shows it: text as it is, numbers plainly, secrets as
/// `***`, anything composed as compact JSON.
void add_text(Buffer& out, const void* value, const pf_type* type);
/// The value as compact JSON, fields in declared order under their wire names.
void add_json(Buffer& out, const void* value, const pf_type* type);
void add_json_string(Buffer& out, pf_str text);

}  // namespace pflow::rt
