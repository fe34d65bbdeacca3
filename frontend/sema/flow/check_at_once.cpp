/// What runs at once, branches of `par` and items of `each`, does not write one file
/// or read standard input twice.
#include <string_view>
#include <unordered_map>

#include "frontend/ast/walk.h"
#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"

namespace pflow::sema {
namespace {

bool is_true(const ast::Expr* expr) {
  return expr != nullptr && expr->kind == ast::ExprKind::Bool &&
         ast::as<ast::BoolExpr>(*expr).value;
}

/// The literal path that the call writes to; null without. What appends may share one.
const ast::TemplateExpr* written_path(const FlowContext& context, const CallInfo& call) {
  const Callable& callee = context.program.callable(call.callee);
  constexpr auto kWrites = static_cast<uint16_t>(ast::Effect::FsWrite);
  // Only what is given something to write can write two things to one place.
  if ((callee.attributes.effects & kWrites) == 0 || callee.in_port < 0) return nullptr;
  const ast::TemplateExpr* path = nullptr;
  for (size_t i = 0; i < callee.ports.size() && i < call.arguments.size(); ++i) {
    const ast::Expr* value = call.arguments[i].expr;
    if (context.text(callee.ports[i].name) == "append" && is_true(value)) return nullptr;
    if (static_cast<int>(i) == callee.in_port || value == nullptr) continue;
    if (!context.types.is(callee.ports[i].type, ir::TypeKind::Path)) continue;
    bool written = call.arguments[i].source == ArgumentSource::Expr;
    if (!written || value->kind != ast::ExprKind::Template) continue;
    const auto& text = ast::as<ast::TemplateExpr>(*value);
    if (text.is_literal()) path = &text;
  }
  return path;
}

/// The calls of whole stages in a statement and in its blocks.
template <typename Visit>
void for_each_call(const FlowContext& context, const ast::Statement& statement, Visit&& visit) {
  const ast::Chain* chain = chain_of(statement);
  if (chain == nullptr) return;
  for (const ast::Stage* stage : chain->stages) {
    if (stage->expr != nullptr) {
      auto call = context.program.calls.find(stage->expr->id);
      if (call != context.program.calls.end() && call->second.callee.valid())
        visit(*stage, call->second);
    }
    for_each_block(*stage, [&](const ast::Block& block) {
      for (const ast::Statement* inner : block.statements) for_each_call(context, *inner, visit);
    });
  }
}

bool reads_stdin(const FlowContext& context, const CallInfo& call) {
  constexpr auto kStdin = static_cast<uint16_t>(ast::Effect::Stdin);
  return (context.effects[call.callee.index] & kStdin) != 0;
}

struct BranchPlace {
  size_t branch;
  Span span;
};

void check_branches(FlowContext& context, const ast::Stage& par) {
  std::unordered_map<std::string_view, BranchPlace> paths;
  std::vector<BranchPlace> readers;
  for (size_t branch = 0; branch < par.block->statements.size(); ++branch) {
    for_each_call(
        context, *par.block->statements[branch], [&](const auto& stage, const auto& call) {
          if (const ast::TemplateExpr* path = written_path(context, call)) {
            auto [at, fresh] = paths.try_emplace(path->literal(), BranchPlace{branch, path->span});
            if (!fresh && at->second.branch != branch)
              context.diagnostics.report(diag::same_path, path->span, path->literal())
                  .label("written by this branch")
                  .secondary(at->second.span, "written by another branch");
          }
          if (!reads_stdin(context, call)) return;
          readers.push_back({branch, stage.expr->span});
          if (readers.front().branch != branch)
            context.diagnostics.report(diag::stdin_at_once, stage.expr->span)
                .label("reads it here")
                .secondary(readers.front().span, "another branch reads it here");
        });
  }
}

const ast::PolicyEntry* parallel_policy(const FlowContext& context, const ast::Stage& each) {
  for (const ast::PolicyEntry& policy : each.policies) {
    if (context.text(policy.name.symbol) != "parallel") continue;
    bool one =
        policy.value->kind == ast::ExprKind::Int && ast::as<ast::IntExpr>(*policy.value).value <= 1;
    return one ? nullptr : &policy;
  }
  return nullptr;
}

void check_items(FlowContext& context, const ast::Stage& each) {
  const ast::PolicyEntry* parallel = parallel_policy(context, each);
  for (const ast::Statement* statement : each.each->body->statements) {
    for_each_call(context, *statement, [&](const auto& stage, const auto& call) {
      if (const ast::TemplateExpr* path = written_path(context, call))
        context.diagnostics.report(diag::same_path, path->span, path->literal())
            .label("every item writes it")
            .secondary(stage_head(each), "runs once for each item")
            .help("put the item into the path, or write the results after the `each`");
      if (parallel != nullptr && reads_stdin(context, call))
        context.diagnostics.report(diag::stdin_at_once, stage.expr->span)
            .label("every item reads it")
            .secondary(join(parallel->name.span, parallel->value->span), "items run at once");
    });
  }
}

}  // namespace

void check_at_once(FlowContext& context) {
  for (const ast::Stage* stage : context.graph.stages()) {
    if (stage->kind == ast::StageKind::Par) check_branches(context, *stage);
    if (stage->kind == ast::StageKind::Each) check_items(context, *stage);
  }
}

}  // namespace pflow::sema
