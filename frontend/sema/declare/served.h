/// Which flows an executable of `--with serve` offers.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Fills `Program::served`: the entry, and the flows of the program's own file that have a comment.
/// One whose ports or results JSON has no form for is left out with a warning.
/// Needs: the entry chosen, results set.
void choose_served(Context& ctx);

}  // namespace pflow::sema
