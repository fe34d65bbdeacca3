/// The checked program as a module of the flow IR.
#pragma once

#include "frontend/sema/checked.h"
#include "ir/ir.h"
#include "support/interner.h"
#include "support/source.h"

namespace pflow {

/// Needs a program without errors. Cannot fail: what it makes verifies.
ir::Module lower(const sema::Checked& checked, const SourceMap& sources, const Interner& names,
                 ir::TypeTable& types);

}  // namespace pflow
