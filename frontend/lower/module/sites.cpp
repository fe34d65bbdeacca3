#include "frontend/lower/module/sites.h"

#include <fmt/format.h>

#include <optional>

#include "support/json_text.h"

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

namespace {

bool is_scalar(ast::ExprKind kind) {
  return kind == ast::ExprKind::Int || kind == ast::ExprKind::Float ||
         kind == ast::ExprKind::Bool || kind == ast::ExprKind::Duration;
}

std::optional<std::string> literal_of_text(const ast::Expr& expr) {
  if (expr.kind != ast::ExprKind::Template) return std::nullopt;
  const auto& text = ast::as<ast::TemplateExpr>(expr);
  return text.is_literal() ? std::optional(std::string(text.literal())) : std::nullopt;
}

/// A list of texts that are literals, as JSON.
std::optional<std::string> literal_of_list(const ast::ListExpr& list) {
  std::string json = "[";
  for (const ast::Expr* item : list.items) {
    std::optional<std::string> text = literal_of_text(*item);
    if (!text) return std::nullopt;
    json += (json.size() > 1 ? "," : "") + json_string(*text);
  }
  return json + "]";
}

/// What preflight checks see of an argument; nothing of one that is computed.
std::optional<std::string> literal_text(ModuleContext& module, const ast::Expr* expr) {
  if (expr == nullptr) return std::nullopt;
  if (is_scalar(expr->kind)) return std::string(module.source(expr->span));
  if (expr->kind == ast::ExprKind::List) return literal_of_list(ast::as<ast::ListExpr>(*expr));
  return literal_of_text(*expr);
}

}  // namespace

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
    if (std::optional<std::string> literal = literal_text(module, expr))
      site.literals.emplace_back(port, std::move(*literal));
    else
      site.dynamic.push_back(port);
  }
  site.id = label.empty() ? fmt::format("{}/{}#{:08x}", flow, site.node,
                                        static_cast<uint32_t>(arguments ^ (arguments >> 32)))
                          : fmt::format("{}/{}", flow, label);
  return module.add(std::move(site));
}

void mark_batched(ModuleContext& module, ir::SiteId site) {
  module.made().sites[site.index].literals.emplace_back("batch", "true");
}

}  // namespace pflow::lowering
