/// Pass 6: which flow the executable runs, and whether a command line can start it.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Sets Program::entry: the flow named, else `main`, else the only flow.
/// Needs: results of flows.
void choose_entry(Context& ctx, const std::string& wanted);

}  // namespace pflow::sema
