/// What there is to call.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "pflow/serve.h"

namespace pflow::serve {

/// The flow of that name; null when there is none.
[[nodiscard]] const pf_served* find_flow(const pf_program& program, std::string_view name);
/// That there is none, with the nearest name.
[[nodiscard]] std::string no_flow(const pf_program& program, std::string_view name);

/// The type of the items when the flow gives a stream; else null.
[[nodiscard]] const pf_type* stream_item(const pf_served& flow);
/// Whether the flow gives one JSON object by itself.
[[nodiscard]] bool gives_object(const pf_served& flow);

/// One of the effects of the flow is `word`.
[[nodiscard]] bool has_effect(const pf_served& flow, std::string_view word);
/// Neither files nor other programs or machines are changed by it, as far as its nodes say.
[[nodiscard]] bool only_reads(const pf_served& flow);

}  // namespace pflow::serve
