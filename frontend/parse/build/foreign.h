/// `by exec("python3", "embed.py", processes: 2) effects(net)`: who carries out a node of a
/// program.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// Fills what stands behind the outputs of the node.
void foreign(Builder& b, FlowParser::ForeignHeadContext& context, ast::ExternDecl& decl);

}  // namespace pflow::parse
