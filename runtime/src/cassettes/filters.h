/// Leaves secrets out of what is compared and written.
#pragma once

#include "runtime/src/cassettes/interaction.h"

namespace pflow::cassettes {

/// What stands in place of a secret.
inline constexpr std::string_view kRemoved = "[removed]";

void filter_request(Interaction& interaction);
void filter_answer(Interaction& interaction);

/// Empty, or what looks like a secret that an unfiltered recording holds.
std::string secret_in(const Interaction& interaction);

}  // namespace pflow::cassettes
