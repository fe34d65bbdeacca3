/// The journal of this run.
#pragma once

namespace pflow::rt {

/// What `--resume` takes to go on with it; null: the run keeps none.
[[nodiscard]] const char* journal_name();

}  // namespace pflow::rt
