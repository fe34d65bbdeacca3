/// `let`, and the chains that do not stand where a value is wanted.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

ast::LetBinding let_binding(Builder& b, FlowParser::StatementContext& context);
/// Reports `let x = a() >> b()` and the like, and says whether it did: only a stage's
/// suffix makes a key of a chain.
bool chain_as_value(Builder& b, FlowParser::StatementContext& context);

}  // namespace pflow::parse
