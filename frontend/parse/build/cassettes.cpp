#include "frontend/parse/build/cassettes.h"

#include "frontend/parse/build/bodies.h"
#include "frontend/parse/build/texts.h"

namespace pflow::parse {

namespace {

ast::Stage* make_stage(Builder& b, ast::StageKind kind, Span span) {
  auto* made = b.arena.make<ast::Stage>();
  made->kind = kind;
  made->id = ast::StageId(b.ids.next_stage++);
  made->span = span;
  return made;
}

ast::Statement* statement_of(Builder& b, ast::Stage* stage) {
  std::vector<ast::Stage*> stages{stage};
  return b.arena.make<ast::ChainStatement>(ast::Statement{ast::StatementKind::Chain, stage->span},
                                           ast::Chain{b.arena.copy(stages), stage->span});
}

/// A stage that calls the node.
ast::Statement* call(Builder& b, std::string_view node, Span span,
                     const std::vector<ast::Argument>& arguments) {
  ast::Stage* stage = make_stage(b, ast::StageKind::Expr, span);
  const ast::Expr* callee = b.make<ast::NameExpr>(ast::ExprKind::Name, span, b.names.intern(node));
  stage->expr = b.make<ast::CallExpr>(ast::ExprKind::Call, span, callee, b.arena.copy(arguments),
                                      Span{span.file, span.end, span.end});
  return statement_of(b, stage);
}

bool check_place(Builder& b, FlowParser::StatementContext& context) {
  if (b.in_test && b.open_bodies == 0) return true;
  auto report = b.reports.report(diag::misplaced_item, b.span(*context.cassette), "a cassette",
                                 b.in_test ? "another block" : "a flow");
  report.label("belongs into a test");
  if (b.in_test)
    report.help("write it around the block, as a statement of the test itself");
  else
    report.help("a flow is run with `--replay FILE`");
  return false;
}

}  // namespace

ast::Statement* cassette_block(Builder& b, FlowParser::StatementContext& context) {
  const bool fits = check_place(b, context);
  const ast::Block* body = build_body(b, *context.body);
  if (!fits) return nullptr;
  Span head = join(b.span(*context.cassette), b.span(*context.path));
  ast::Argument file{};
  file.span = b.span(*context.path);
  file.value = text_literal(b, *context.path);
  plain_text(b, *context.path);  // reports what is interpolated
  Span end{body->span.file, body->span.end - 1, body->span.end};
  std::vector<ast::Statement*> statements{call(b, "cassette_begin", head, {file})};
  statements.insert(statements.end(), body->statements.begin(), body->statements.end());
  statements.push_back(call(b, "cassette_end", end, {}));
  ast::Stage* block = make_stage(b, ast::StageKind::Block, b.span(context));
  block->block = b.arena.make<ast::Block>(b.arena.copy(statements), body->span);
  return statement_of(b, block);
}

}  // namespace pflow::parse
