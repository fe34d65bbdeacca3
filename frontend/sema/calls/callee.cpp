#include "frontend/sema/calls/callee.h"

#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/keys.h"

namespace pflow::sema {

ast::Name callee_name(const ast::CallExpr& call) {
  if (call.callee->kind == ast::ExprKind::Name)
    return {ast::as<ast::NameExpr>(*call.callee).name, call.callee->span};
  if (call.callee->kind == ast::ExprKind::Field) return ast::as<ast::FieldExpr>(*call.callee).field;
  return {};
}

Callee find_callee(const Context& ctx, const ast::Name& name) {
  if (!name.symbol.valid()) return {};
  if (CallableId found = ctx.callable(name); found.valid()) return {nullptr, found};
  return {find_builtin(ctx.text(name.symbol)), {}};
}

const Callable* stage_callable(const Context& ctx, const ast::Stage& stage) {
  if (stage.kind != ast::StageKind::Expr || stage.expr->kind != ast::ExprKind::Call) return nullptr;
  if (auto call = ctx.program.calls.find(stage.expr->id); call != ctx.program.calls.end()) {
    CallableId id = call->second.callee;
    return id.valid() ? &ctx.program.callable(id) : nullptr;
  }
  Callee callee = find_callee(ctx, callee_name(ast::as<ast::CallExpr>(*stage.expr)));
  return callee.callable.valid() ? &ctx.program.callable(callee.callable) : nullptr;
}

std::vector<Symbol> output_names(const Context& ctx, const ast::Name& callee) {
  std::vector<Symbol> names;
  CallableId id = find_callee(ctx, callee).callable;
  if (!id.valid()) return names;
  const ast::Decl& decl = *ctx.program.callable(id).decl;
  std::span<const ast::Port> outputs =
      decl.kind == ast::DeclKind::Extern ? ast::as<ast::ExternDecl>(decl).outputs
      : decl.kind == ast::DeclKind::Node ? ast::as<ast::NodeDecl>(decl).outputs
                                         : ast::as<ast::FlowDecl>(decl).results;
  for (const ast::Port& port : outputs)
    if (port.name.symbol.valid()) names.push_back(port.name.symbol);
  return names;
}

int find_output(const Callable& callable, Symbol name) {
  for (size_t i = 0; i < callable.outputs.size(); ++i)
    if (callable.outputs[i].name == name && name.valid()) return static_cast<int>(i);
  return -1;
}

bool has_effects(const Callable& callable) {
  if (callable.kind == CallableKind::Flow) return true;
  return callable.kind == CallableKind::Extern && !callable.attributes.pure;
}

bool stands_in_expressions(const ir::TypeTable& types, const Callable& callable) {
  if (!has_effects(callable)) return true;
  constexpr auto kEnv = static_cast<uint16_t>(ast::Effect::Env);
  return callable.kind == CallableKind::Extern && !callable.attributes.async &&
         !callable.attributes.blocking && (callable.attributes.effects | kEnv) == kEnv &&
         callable.out_port >= 0 &&
         types.is(callable.outputs[callable.out_port].type, ir::TypeKind::Secret);
}

bool value_is_incidental(const Callable& callable) {
  constexpr uint16_t kWrites =
      static_cast<uint16_t>(ast::Effect::FsWrite) | ast::Attributes::kStdout;
  return (callable.attributes.effects & kWrites) != 0;
}

void suggest_node(DiagnosticBuilder& report, const Context& ctx, const ast::Name& name) {
  std::vector<std::string_view> candidates;
  for (Symbol seen : ctx.visible.callables_in(name.span.file)) candidates.push_back(ctx.text(seen));
  for (const BuiltinInfo& info : all_builtins()) candidates.push_back(info.name);
  for (const InterfaceFile& file : ctx.registry.files())
    for (std::string_view declared : file.names)
      if (declared.front() >= 'a') candidates.push_back(declared);
  suggest_nearest(report, ctx.text(name.symbol), name.span, std::move(candidates), "node");
  if (!ctx.aliases_problem.empty())
    report.note(fmt::format("names of your own are not known: {}", ctx.aliases_problem));
}

void suggest_key(DiagnosticBuilder& report, const Context& ctx, const Scope& scope,
                 const ast::Name& name) {
  std::vector<std::string_view> candidates;
  for (Symbol key : keys_in_sight(scope)) candidates.push_back(ctx.text(key));
  suggest_nearest(report, ctx.text(name.symbol), name.span, std::move(candidates), "key");
}

}  // namespace pflow::sema
