#include "frontend/parse/build/bodies.h"

#include "frontend/parse/build/entries.h"

namespace pflow::parse {

const ast::Block* build_block(Builder& b, std::vector<ast::Statement*>& statements, Span span) {
  check_entries_alone(b, statements);
  return b.arena.make<ast::Block>(b.arena.copy(statements), span);
}

const ast::Block* build_body(Builder& b, FlowParser::BlockContext& context) {
  std::vector<ast::Statement*> statements;
  ++b.open_bodies;
  for (auto* each : context.statements)
    if (ast::Statement* made = b.statement(*each)) statements.push_back(made);
  --b.open_bodies;
  return build_block(b, statements, b.span(context));
}

}  // namespace pflow::parse
