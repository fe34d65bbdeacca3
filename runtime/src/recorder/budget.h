/// What a run may spend.
#pragma once

namespace pflow::rt {

/// `--budget`, in US dollars.
void set_run_budget(double limit);

}  // namespace pflow::rt
