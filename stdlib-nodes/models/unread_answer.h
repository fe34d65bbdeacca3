/// What the nodes that read answers tell of it: what was mended, or why it cannot be read.
#pragma once

#include <string_view>

#include "lenient/lenient_reader.h"
#include "pflow/abi.h"

namespace pf_models {

/// Whether the port `parse` is "strict".
[[nodiscard]] bool is_strict(const pf_str& parse);
/// The report as a `[str]`, to be handed over.
[[nodiscard]] pf_list take_mended(const lenient::Reading& reading);
/// Fails the call: the message shows the answer shortened, `error.data.text` is all of it.
pf_status fail_unread(pf_call* call, const lenient::Reading& reading, std::string_view answer);

}  // namespace pf_models
