#include "frontend/parse/build/stages.h"

#include "frontend/parse/build/bodies.h"
#include "frontend/parse/build/forms.h"
#include "frontend/parse/build/shapes.h"
#include "frontend/parse/build/suffixes.h"

namespace pflow::parse {

namespace {

ast::StageKind leaving_kind(const antlr4::Token& word) {
  switch (type_of(word)) {
    case FlowParser::BREAK: return ast::StageKind::Break;
    case FlowParser::CONTINUE: return ast::StageKind::Continue;
    default: return ast::StageKind::End;
  }
}

void stage_form(Builder& b, FlowParser::StageContext& context, bool first, ast::Stage& stage) {
  FlowParser::PrimaryContext* atom = context.value != nullptr ? context.value->atom : nullptr;
  if (context.leave != nullptr) {
    stage.kind = leaving_kind(*context.leave);
  } else if (context.each != nullptr) {
    stage.kind = ast::StageKind::Each;
    if (context.each->before != nullptr) build_policies(b, *context.each->before, stage);
    stage.each = each_form(b, *context.each, first);
  } else if (context.parallel != nullptr) {
    stage.kind = ast::StageKind::Par;
    if (context.parallel->before != nullptr) build_policies(b, *context.parallel->before, stage);
    stage.block = build_body(b, *context.parallel->body);
  } else if (context.repeat != nullptr) {
    stage.kind = ast::StageKind::Repeat;
    if (context.repeat->before != nullptr) build_policies(b, *context.repeat->before, stage);
    stage.repeat = repeat_form(b, *context.repeat);
  } else if (atom != nullptr && atom->conditional != nullptr) {
    stage.kind = ast::StageKind::If;
    stage.if_ = if_form(b, *atom->conditional);
  } else if (atom != nullptr && atom->matching != nullptr) {
    stage.kind = ast::StageKind::Match;
    stage.match = match_form(b, *atom->matching);
  } else if (atom != nullptr && atom->braces != nullptr &&
             braces_of(*atom->braces) == Braces::Statements) {
    stage.kind = ast::StageKind::Block;
    stage.block = build_body(b, *atom->braces);
  } else {
    stage.kind = ast::StageKind::Expr;
    stage.expr = b.expr(*context.value);
  }
}

ast::Stage* build_stage(Builder& b, FlowParser::StageContext& context, bool first) {
  auto* made = b.arena.make<ast::Stage>();
  made->id = ast::StageId(b.ids.next_stage++);
  made->span = b.span(context);
  stage_form(b, context, first, *made);
  if (check_policies_place(b, context) && check_suffix_order(b, context.suffixes))
    build_suffixes(b, context.suffixes, *made);
  return made;
}

}  // namespace

ast::Chain build_chain(Builder& b, const std::vector<FlowParser::StageContext*>& stages,
                       const std::vector<FlowParser::ChainOpContext*>& operators, Span span) {
  for (auto* each : operators) {
    Span both = join(b.span(*each->first), b.span(*each->second));
    if (both.end - both.begin == 2) continue;
    b.reports.report(diag::split_chain_operator, both)
        .label("a space inside the operator")
        .help("write `>>`", {both, ">>"})
        .certain();
  }
  std::vector<ast::Stage*> made;
  for (auto* each : stages) made.push_back(build_stage(b, *each, each == stages.front()));
  return {b.arena.copy(made), span};
}

}  // namespace pflow::parse
