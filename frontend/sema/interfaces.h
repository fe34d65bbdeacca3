/// Pass 1: parses the interface files whose names the program uses.
/// Needs: the program's tree, at Checked::files[0]. Gives: the interfaces behind it.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The modules of Checked::files, in step; the program's own is empty.
std::vector<std::string> load_interfaces(Context& ctx, ParseIds& ids);

}  // namespace pflow::sema
