/// The options of `pflowc mcp`.
#pragma once

#include "tools/driver/option_row.h"

namespace pflow::mcp {

extern const OptionRows kOptions;

}  // namespace pflow::mcp
