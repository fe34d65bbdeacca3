/// Stubs and the calls that they stand for.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Reports stubs that would run themselves, that fit no call, and that no call reaches.
/// Needs: all calls checked.
void check_stub_calls(Context& ctx);

}  // namespace pflow::sema
