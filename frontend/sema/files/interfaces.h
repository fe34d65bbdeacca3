/// Pass 1: parses the interface files whose names the program uses.
/// Needs: the program's files in Checked::files. Gives: the interfaces behind them.
#pragma once

#include "frontend/parse/parse.h"
#include "frontend/sema/context.h"

namespace pflow::sema {

/// The modules of Checked::files, in step; those of the program's own files are empty.
std::vector<std::string> load_interfaces(Context& ctx, ParseIds& ids);

}  // namespace pflow::sema
