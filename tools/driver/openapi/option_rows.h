/// The options of `pflowc openapi`.
#pragma once

#include "tools/driver/option_row.h"

namespace pflow::openapi {

extern const OptionRows kOptions;

}  // namespace pflow::openapi
