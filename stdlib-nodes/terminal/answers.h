/// Questions on the terminal: where they are shown, and what is read of the answers.
#pragma once

#include "pflow/lines.hpp"

namespace terminal {

/// What is read and not yet asked for, of all who ask.
pflow::LineReader& input();
/// Reads as long as that does not block: whether there is something to take.
[[nodiscard]] bool is_ready();
/// To standard error. Nobody is left to tell when that is gone.
void show(const pf_str& text);

}  // namespace terminal
