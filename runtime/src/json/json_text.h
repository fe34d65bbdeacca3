/// Values as JSON text.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// The value as compact JSON, fields in declared order under their wire names.
void add_json(Buffer& out, const void* value, const pf_type* type);
/// The same over lines, each level `indent` columns deeper.
void add_pretty_json(Buffer& out, const void* value, const pf_type* type, int indent);
void add_json_string(Buffer& out, pf_str text);

}  // namespace pflow::rt
