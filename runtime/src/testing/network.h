/// The network in programs of tests.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// From here on calls may use it, as with `pflowc test --allow-net`.
void allow_network();

/// Whether a call may use it: everything may, or a cassette hears of it.
[[nodiscard]] bool is_provided_for();

/// The first call that was refused, or null: the test fails, even if its flow went on.
[[nodiscard]] const pf_site* refused_call();

}  // namespace pflow::rt
