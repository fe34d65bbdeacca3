#include "frontend/sema/declare/node_aliases.h"

#include "frontend/ast/walk.h"
#include "frontend/sema/calls/builtins.h"
#include "frontend/sema/calls/callee.h"

namespace pflow::sema {

void check_node_alias(Context& ctx, const ast::NodeAliasDecl& alias) {
  const ast::Name& target = alias.target;
  if (ctx.visible.callable(target.symbol, target.span.file) != nullptr) return;
  if (ctx.visible.named(target.symbol, target.span.file) != nullptr) {
    ctx.diagnostics.report(diag::alias_cycle, alias.name.span, "alias", ctx.text(alias.name.symbol))
        .label("leads back to itself");
    return;
  }
  auto report = ctx.diagnostics.report(diag::unknown_node, target.span, ctx.text(target.symbol));
  if (find_builtin(ctx.text(target.symbol)) != nullptr) {
    report.label("a function of the language")
        .help(
            "functions of the language have one name; a node can call it: `node NAME(…) -> T = …`");
    return;
  }
  report.label("no node or flow of this name");
  suggest_node(report, ctx, target);
}

namespace {

class AliasWarnings {
 public:
  explicit AliasWarnings(Context& ctx) : ctx_(ctx) {}

  void decl(const ast::Decl& decl) {
    ast::for_each_root(decl, [&](const ast::Expr& root) { expr(root); });
    if (decl.kind != ast::DeclKind::Test) return;
    ast::for_each_statement(*ast::as<ast::FlowDecl>(decl).body, [&](const ast::Statement& each) {
      if (each.kind == ast::StatementKind::Stub) name(ast::as<ast::StubStatement>(each).target);
    });
  }

 private:
  void expr(const ast::Expr& expr) {
    if (expr.kind == ast::ExprKind::Call) {
      name(callee_name(ast::as<ast::CallExpr>(expr)));
    } else if (expr.kind == ast::ExprKind::Name && !ctx_.program.expr_keys[expr.id.index].valid()) {
      name({ast::as<ast::NameExpr>(expr).name, expr.span});
    }
    ast::for_each_child(expr, [&](const ast::Expr& child) {
      const bool is_callee =
          expr.kind == ast::ExprKind::Call && &child == ast::as<ast::CallExpr>(expr).callee;
      if (!is_callee) return this->expr(child);
      if (child.kind == ast::ExprKind::Field) this->expr(*ast::as<ast::FieldExpr>(child).base);
    });
  }

  void name(const ast::Name& name) {
    if (!name.symbol.valid()) return;
    if (Symbol target = ctx_.visible.own_alias(name.symbol, name.span.file); target.valid())
      return warn_of_own(name, target);
    const ast::Decl* found = ctx_.visible.named(name.symbol, name.span.file);
    if (found != nullptr && found->kind == ast::DeclKind::NodeAlias &&
        ast::as<ast::NodeAliasDecl>(*found).deprecated.span.valid())
      warn_of_old(name, ast::as<ast::NodeAliasDecl>(*found));
  }

  void warn_of_own(const ast::Name& name, Symbol target) {
    if (ctx_.visible.callable(target, name.span.file) == nullptr) return;  // reported as unknown
    for (Symbol next = target; next.valid(); next = ctx_.visible.own_alias(next, name.span.file))
      target = next;
    const std::string_view real = ctx_.text(target);
    ctx_.diagnostics.report(diag::own_name, name.span, ctx_.text(name.symbol), real)
        .label("known on this machine alone, by `node_aliases.json`")
        .help("write the name that every machine knows", {name.span, std::string(real)})
        .certain();
  }

  void warn_of_old(const ast::Name& name, const ast::NodeAliasDecl& alias) {
    const std::string_view old = ctx_.text(name.symbol);
    const size_t dot = old.find('.');
    std::string now(ctx_.text(alias.target.symbol));
    // What the alias's own file imports has no name here.
    if (dot != std::string_view::npos && now.find('.') == std::string::npos)
      now = fmt::format("{}.{}", old.substr(0, dot), now);
    auto report = ctx_.diagnostics.report(diag::old_name, name.span, old, now);
    report.label(alias.deprecated.text.empty() ? std::string("deprecated")
                                               : std::string(alias.deprecated.text));
    report.secondary(alias.name.span, "the alias");
    const bool can_be_written = ctx_.visible.callable(ctx_.names.intern(now), name.span.file) ==
                                ctx_.visible.callable(name.symbol, name.span.file);
    if (can_be_written) report.help(fmt::format("write `{}`", now), {name.span, now}).certain();
  }

  Context& ctx_;
};

}  // namespace

void warn_of_aliases(Context& ctx) {
  AliasWarnings warnings(ctx);
  for (const auto& file : ctx.checked.files) {
    if (ctx.checked.package_of.contains(file->file)) continue;
    for (const ast::Decl* decl : file->decls) warnings.decl(*decl);
  }
}

}  // namespace pflow::sema
