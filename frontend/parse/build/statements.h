/// Statements of flows.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// The rule of `Builder::statement`. Null when it was reported and nothing of it is left.
ast::Statement* build_statement(Builder& b, FlowParser::StatementContext& context);
/// Reports `label - word >> …` in the flow that has just been built.
void end_of_flow(Builder& b);

}  // namespace pflow::parse
