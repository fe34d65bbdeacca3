/// Which call of `llm` gives the answer that --live shows.
#pragma once

#include <cstddef>

#include "pflow/abi.h"

namespace pf_models {

/// Looks for it among all calls: the last one of the flow `main`, of the program where that has
/// none.
void find_live_site(const pf_site* const* sites, size_t count);
/// Whether the call at this site is to be shown because --live was given.
[[nodiscard]] bool is_live_site(const pf_site* site);

}  // namespace pf_models
