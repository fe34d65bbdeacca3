/// Walks through values of any depth.
#pragma once

namespace pflow::rt {

/// Ends the program with an error when the stack is nearly used up: for what walks
/// values of any depth and cannot fail.
void check_stack();

}  // namespace pflow::rt
