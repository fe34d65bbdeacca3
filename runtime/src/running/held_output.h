/// Output that is held back while more may follow, and written before anything waits.
#pragma once

namespace pflow::rt {

/// `write` writes what is held back in `state` from now on; null: nothing is held back.
void hold_output(void (*write)(void* state), void* state);
/// To be called before anything waits.
void write_held_output();

}  // namespace pflow::rt
