/// The built-in model `echo`, which needs no network.
#pragma once

#include <string>
#include <string_view>

#include "answer.h"
#include "dialogue.h"

namespace pf_models {

/// What it says: the calls of tools that the prompt holds as JSON, `{"tool": "search",
/// "arguments": {…}}`; what these have given; else the prompt. Where a schema wants a value, that
/// is read from the same text, or is made up (echo_value.h).
[[nodiscard]] Answer echo_answer(const Asking& asking);

/// Its answer to a prompt that asks for a list of these: the first JSON list of them in the
/// prompt, or one that is made up.
[[nodiscard]] std::string echo_items(std::string_view prompt, const pf_type& list);

}  // namespace pf_models
