/// Who a call runs: nodes and flows by name.
#pragma once

#include "frontend/sema/calls/builtins.h"
#include "frontend/sema/context.h"

namespace pflow::sema {

/// At most one is set.
struct Callee {
  const BuiltinInfo* builtin = nullptr;
  CallableId callable;
  explicit operator bool() const { return builtin != nullptr || callable.valid(); }
};

/// The name of a call's callee (`f(…)`, `x.f(…)`), none for anything else.
[[nodiscard]] ast::Name callee_name(const ast::CallExpr& call);

[[nodiscard]] Callee find_callee(const Context& ctx, const ast::Name& name);

/// The callable that a stage runs as a whole; null for value stages, blocks and builtins.
[[nodiscard]] const Callable* stage_callable(const Context& ctx, const ast::Stage& stage);

/// The outputs' names of a node or flow, by its declaration alone.
[[nodiscard]] std::vector<Symbol> output_names(const Context& ctx, const ast::Name& callee);

/// The index of the output of the name, or -1.
[[nodiscard]] int find_output(const Callable& callable, Symbol name);

/// Whether running it can be seen from outside; flows count as if they did.
[[nodiscard]] bool has_effects(const Callable& callable);

/// Whether calls of it may stand inside expressions: it is pure, or only looks up
/// a secret.
[[nodiscard]] bool stands_in_expressions(const ir::TypeTable& types, const Callable& callable);

/// Whether what it passes on is only an echo of its effect: it writes or prints.
[[nodiscard]] bool value_is_incidental(const Callable& callable);

void suggest_node(DiagnosticBuilder& report, const Context& ctx, const ast::Name& name);
void suggest_key(DiagnosticBuilder& report, const Context& ctx, const Scope& scope,
                 const ast::Name& name);

}  // namespace pflow::sema
