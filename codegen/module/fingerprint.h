/// What a function does, as hashes that edits elsewhere, other names of keys and other
/// places in the file do not change.
#pragma once

#include <string>

#include "ir/ir.h"

namespace pflow::codegen {

/// A line `what<TAB>SHA-256` for the function and for each function, schema and node
/// that it reaches, in the order in which they are met.
[[nodiscard]] std::string fingerprints(const ir::Module& module, ir::FunctionId root);

}  // namespace pflow::codegen
