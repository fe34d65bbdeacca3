/// A question to the built-in model `echo`.
#pragma once

#include "dialogue.h"

namespace pf_models {

/// Its answer is there at once; text is shown as it would come.
pf_status ask_echo(pf_call* call, Asking asking);

}  // namespace pf_models
