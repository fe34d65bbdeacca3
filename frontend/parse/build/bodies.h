/// Blocks of statements.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// A block of statements that are built already.
const ast::Block* build_block(Builder& b, std::vector<ast::Statement*>& statements, Span span);
const ast::Block* build_body(Builder& b, FlowParser::BlockContext& context);

}  // namespace pflow::parse
