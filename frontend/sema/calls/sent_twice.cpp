// A piped value that the call also names in its arguments.
#include <algorithm>

#include "frontend/ast/walk.h"
#include "frontend/sema/calls/callee.h"
#include "frontend/sema/calls/calls.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

namespace {

/// The keys that hold what the stage passes on.
std::vector<KeyId> piped_keys(Context& ctx, const Scope& scope, const ast::Stage& previous) {
  std::vector<KeyId> keys;
  const Callable* callable = stage_callable(ctx, previous);
  int out = callable != nullptr ? callable->out_port : 0;
  for (const StageWrite& write : ctx.program.stage(previous.id).writes)
    if (write.port == out) keys.push_back(write.key);
  if (previous.kind == ast::StageKind::Expr && previous.expr->kind == ast::ExprKind::Name)
    if (KeyId key = ctx.program.expr_keys[previous.expr->id.index]; key.valid())
      keys.push_back(key);
  auto output =
      scope.outputs.find((uint64_t{previous.id.index} << 32) | static_cast<uint32_t>(out));
  if (output != scope.outputs.end()) keys.push_back(output->second);
  return keys;
}

/// The first place in the expression that reads one of the keys.
const ast::Expr* find_read(const Context& ctx, const ast::Expr& expr,
                           const std::vector<KeyId>& keys) {
  KeyId read = ctx.program.expr_keys[expr.id.index];
  if (read.valid() && std::find(keys.begin(), keys.end(), read) != keys.end()) return &expr;
  const ast::Expr* found = nullptr;
  for_each_child(expr, [&](const ast::Expr& child) {
    if (found == nullptr) found = find_read(ctx, child, keys);
  });
  return found;
}

}  // namespace

void check_sent_twice(Env& env, const ast::CallExpr& call, const StageCall& stage) {
  Context& ctx = env.ctx;
  std::vector<KeyId> keys = piped_keys(ctx, *env.scope, *stage.previous);
  if (keys.empty()) return;
  const ast::Expr* read = find_read(ctx, call, keys);
  if (read == nullptr) return;
  ctx.diagnostics.report(diag::sent_twice, read->span, ctx.sources.text(read->span))
      .label("sent here too")
      .secondary(stage.previous->span, "piped from here")
      .help("pass only control on, with a new line",
            break_chain(ctx, *stage.previous, stage.stage));
}

}  // namespace pflow::sema
