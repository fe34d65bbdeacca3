/// Attributes of extern nodes.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// Sets one attribute of the node; reports an unknown one.
void attribute(Builder& b, FlowParser::AttributeContext& context, ast::ExternDecl& decl);

}  // namespace pflow::parse
