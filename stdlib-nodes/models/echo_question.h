/// The built-in model `echo`, which answers with what it is asked.
#pragma once

#include "pflow/abi.h"

namespace pf_models {

struct Asking;

pf_status ask_echo(pf_call* call, const Asking& asking);

}  // namespace pf_models
