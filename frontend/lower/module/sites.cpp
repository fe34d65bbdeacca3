#include "frontend/lower/module/sites.h"

#include <fmt/format.h>

namespace pflow::lowering {

namespace {

/// FNV-1a: the same for the same text everywhere, which std::hash is not.
uint64_t hash(std::string_view text, uint64_t from) {
  for (char c : text) from = (from ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return from;
}

}  // namespace

ir::SiteId add_site(ModuleContext& module, std::string_view flow, std::string_view label,
                    std::string_view what, Span span) {
  ir::Site site;
  site.span = span;
  site.id = fmt::format("{}/{}", flow, label.empty() ? what : label);
  return module.add(std::move(site));
}

ir::SiteId add_site(ModuleContext& module, std::string_view flow, std::string_view label,
                    const sema::CallInfo& info, Span span) {
  const sema::Callable& callable = module.program().callable(info.callee);
  ir::Site site;
  site.node = module.text(callable.name);
  site.span = span;
  uint64_t arguments = 0xcbf29ce484222325U;
  for (size_t i = 0; i < info.arguments.size() && i < callable.ports.size(); ++i) {
    const sema::BoundArgument& bound = info.arguments[i];
    const std::string port(module.text(callable.ports[i].name));
    if (bound.source == sema::ArgumentSource::Default) continue;
    if (callable.ports[i].is_type) continue;
    const ast::Expr* expr = bound.source == sema::ArgumentSource::Expr ? bound.expr : nullptr;
    if (expr != nullptr) arguments = hash(module.source(expr->span), hash(port, arguments));
    const bool text_literal = expr != nullptr && expr->kind == ast::ExprKind::Template &&
                              ast::as<ast::TemplateExpr>(*expr).is_literal();
    const bool literal =
        expr != nullptr &&
        (expr->kind == ast::ExprKind::Int || expr->kind == ast::ExprKind::Float ||
         expr->kind == ast::ExprKind::Bool || expr->kind == ast::ExprKind::Duration);
    if (text_literal)
      site.literals.emplace_back(port, ast::as<ast::TemplateExpr>(*expr).literal());
    else if (literal)
      site.literals.emplace_back(port, module.source(expr->span));
    else
      site.dynamic.push_back(port);
  }
  site.id = label.empty() ? fmt::format("{}/{}#{:08x}", flow, site.node,
                                        static_cast<uint32_t>(arguments ^ (arguments >> 32)))
                          : fmt::format("{}/{}", flow, label);
  return module.add(std::move(site));
}

}  // namespace pflow::lowering
