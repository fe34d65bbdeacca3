/// The functions of nodes that another program carries out.
#pragma once

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

/// Makes, for each node with `by exec(…)`, the functions that the archive of a package has for its
/// nodes: each hands the node's pf_foreign to the one function that its module has for all.
/// Made before anything calls them; what nothing calls is removed.
void emit_foreign_nodes(ModuleEmitter& module);

}  // namespace pflow::codegen
