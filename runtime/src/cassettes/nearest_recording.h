/// Why no recording answers a request, in the user's words.
#pragma once

#include <deque>
#include <string>

#include "runtime/src/cassettes/interaction.h"

namespace pflow::cassettes {

/// "the nearest one, in line 12, differs in …": `asked` matches none.
std::string nearest_recording(const std::deque<Interaction>& recorded, const Interaction& asked);

}  // namespace pflow::cassettes
