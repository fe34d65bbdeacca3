/// Which of several schemas of one name a report means.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Gives schemas whose name others have, too, the import or the file with it: `notes.Item`.
/// Needs: the types of all schemas.
void tell_types_apart(Context& ctx);

}  // namespace pflow::sema
