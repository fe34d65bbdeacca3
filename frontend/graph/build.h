/// A checked program as a graph.
#pragma once

#include "frontend/graph/graph.h"
#include "frontend/sema/checked.h"
#include "ir/ir.h"
#include "support/interner.h"
#include "support/source.h"

namespace pflow::graph {

/// `module` is what the program was lowered to, before the passes.
[[nodiscard]] Graph build(const sema::Checked& checked, const ir::Module& module,
                          const SourceMap& sources, const Interner& names);

}  // namespace pflow::graph
