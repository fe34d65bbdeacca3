/// The tables of pflow/packages.h.
#pragma once

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

/// Makes those that have a row.
void emit_package_tables(ModuleEmitter& module);

}  // namespace pflow::codegen
