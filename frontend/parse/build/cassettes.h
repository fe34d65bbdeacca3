/// `cassette "file" { … }`, in a test.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// The block with the call of a node in front of its statements, and of one behind them.
ast::Statement* cassette_block(Builder& b, FlowParser::StatementContext& context);

}  // namespace pflow::parse
