/// What a flow has given, as JSON.
#pragma once

#include <string>

#include "pflow/abi.h"

namespace pflow::serve {

// Of a run that has ended well and gives no stream.

/// The result: of several an object, of none `null`.
[[nodiscard]] std::string result_json(const pf_frame& run);
/// Its only result when that is a text, else null.
[[nodiscard]] const pf_str* result_text(const pf_frame& run);

/// `{"result":…}`.
[[nodiscard]] std::string wrapped_result(std::string_view json);

/// Any value.
[[nodiscard]] std::string json_of(const void* value, const pf_type* type);

}  // namespace pflow::serve
