/// What was used, as the members of a JSON object: `"input_tokens":7,…,"cost_usd":null`.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

void add_used_json(Buffer& json, const pf_used& used);
/// `openai/gpt-5`; `echo` of the built-in model.
void add_model_name(Buffer& out, const pf_used& used);

}  // namespace pflow::rt
