/// A fork of the process that works for it, and is to leave its things alone.
#pragma once

namespace pflow::rt {

/// In the copy: what asks the process to end is for that to hear, and what the copy would leave
/// behind is the process's own. Whoever forks blocks signals until then.
void become_copy();

}  // namespace pflow::rt
