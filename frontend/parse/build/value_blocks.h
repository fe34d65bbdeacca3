/// Blocks that give a value: `let`s, then an expression. Bodies of function nodes,
/// branches, braces inside expressions.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// A block that is collected statement by statement.
struct ValueBlock {
  std::vector<ast::LetBinding> lets;
  const ast::Expr* value = nullptr;
  bool entries = false;  ///< the value is a map without braces of its own
  bool failed = false;
};
enum class BlockRole : uint8_t { Expression, Branch, Function };

/// Reports the first statement that does not stand in such a block.
void add_to_block(Builder& b, ValueBlock& block, FlowParser::StatementContext& context,
                  BlockRole role);
/// The block, or an error expression when it was reported or has no value.
const ast::Expr* end_block(Builder& b, ValueBlock& block, Span span, BlockRole role);
const ast::Expr* block_expr(Builder& b, FlowParser::BlockContext& context, BlockRole role);
const ast::Expr* if_expr(Builder& b, FlowParser::IfExprContext& context);

}  // namespace pflow::parse
