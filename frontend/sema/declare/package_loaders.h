/// Which loaders of fragments the imported packages have.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Fills `Program::loaders`. What cannot load fragments, and a prefix that two packages have, is
/// reported.
/// Needs: the results of all flows.
void choose_loaders(Context& ctx);

}  // namespace pflow::sema
