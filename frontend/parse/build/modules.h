/// Imports and tests.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

ast::Import import_decl(Builder& b, FlowParser::ImportDeclContext& context);
/// Its body is built like a flow's. Its name holds a blank, so that nothing can call it.
ast::TestDecl* test_head(Builder& b, FlowParser::TestHeadContext& context);

}  // namespace pflow::parse
