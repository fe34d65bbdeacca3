#include "frontend/query/filled_ports.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "frontend/ast/walk.h"

namespace pflow::query {

namespace {

/// Calls `visit(const ast::Expr&)` for every expression of the file.
template <typename Visit>
void for_each_expr(const ast::Expr& expr, Visit& visit) {
  visit(expr);
  ast::for_each_child(expr, [&](const ast::Expr& child) { for_each_expr(child, visit); });
}
template <typename Visit>
void for_each_expr(const ast::File& file, Visit visit) {
  for (const ast::Decl* decl : file.decls)
    ast::for_each_root(*decl, [&](const ast::Expr& root) { for_each_expr(root, visit); });
}

/// Where a further argument stands: behind the last one, before `)`.
Span argument_end(const ast::CallExpr& call) {
  uint32_t at = call.arguments.empty() ? call.close.begin : call.arguments.back().span.end;
  return {call.span.file, at, at};
}

/// Names of keys that say their type.
std::set<uint32_t> annotated(const ast::File& file) {
  std::set<uint32_t> names;
  auto take = [&](const ast::LetBinding& let) {
    if (let.type != nullptr) names.insert(let.name.span.begin);
  };
  for_each_expr(file, [&](const ast::Expr& expr) {
    if (expr.kind == ast::ExprKind::Block)
      for (const ast::LetBinding& let : ast::as<ast::BlockExpr>(expr).lets) take(let);
  });
  for (const ast::Decl* decl : file.decls)
    if (decl->kind == ast::DeclKind::Flow || decl->kind == ast::DeclKind::Test)
      if (const ast::Block* body = ast::as<ast::FlowDecl>(*decl).body; body != nullptr)
        ast::for_each_statement(*body, [&](const ast::Statement& each) {
          if (each.kind == ast::StatementKind::Let) take(ast::as<ast::LetStatement>(each).let);
        });
  return names;
}

}  // namespace

std::vector<FilledPort> filled_ports(const Snapshot& s, const Occurrences& occurrences) {
  std::unordered_map<uint32_t, Entity> keys;
  for (const Occurrence& each : occurrences.in(s.file()))
    if (each.role == Role::Declares) keys.emplace(each.span.begin, each.entity);
  std::vector<FilledPort> found;
  for_each_expr(s.tree(), [&](const ast::Expr& expr) {
    if (expr.kind != ast::ExprKind::Call) return;
    auto info = s.program().calls.find(expr.id);
    if (info == s.program().calls.end() || !info->second.callee.valid()) return;
    const auto& call = ast::as<ast::CallExpr>(expr);
    const sema::Callable& callee = s.program().callable(info->second.callee);
    for (uint32_t i = 0; i < info->second.arguments.size() && i < callee.ports.size(); ++i) {
      const sema::BoundArgument& argument = info->second.arguments[i];
      if (argument.source != sema::ArgumentSource::Key || !argument.key.valid()) continue;
      const sema::Key& key = s.program().key(argument.key);
      auto known = keys.find(key.span.begin);
      Entity entity = known != keys.end() && key.kind != sema::KeyKind::Output
                          ? known->second
                          : Entity{EntityKind::Key, nullptr, argument.key.index};
      found.push_back({s.text(callee.ports[i].name),
                       {EntityKind::Port, callee.decl, i},
                       entity,
                       argument_end(call),
                       call.arguments.empty()});
    }
  });
  std::ranges::stable_sort(found, {}, [](const FilledPort& each) { return each.end.begin; });
  return found;
}

std::vector<Hint> hints(const Snapshot& s, const Occurrences& occurrences) {
  std::vector<Hint> found;
  std::set<uint32_t> typed = annotated(s.tree());
  for (const Occurrence& each : occurrences.in(s.file())) {
    bool key = each.entity.kind == EntityKind::Key ||
               (each.entity.kind == EntityKind::Output && each.role == Role::Declares);
    if (!key || each.role != Role::Declares || typed.contains(each.span.begin)) continue;
    bool known = each.type.valid() && !s.types.is(each.type, ir::TypeKind::Error) &&
                 !s.types.is(each.type, ir::TypeKind::Void);
    if (!known) continue;
    bool let = each.entity.kind == EntityKind::Key &&
               s.program().keys[each.entity.index].kind == sema::KeyKind::Let;
    std::string label = fmt::format(": {}", s.types.name(each.type));
    found.push_back({each.span.end, label, true, false, let ? label : std::string()});
  }
  for (const FilledPort& filled : filled_ports(s, occurrences)) {
    std::string label = fmt::format("{}: {}", filled.name, filled.name);
    found.push_back(
        {filled.end.begin, label, false, filled.is_first, (filled.is_first ? "" : ", ") + label});
  }
  std::ranges::stable_sort(found, {}, &Hint::offset);
  return found;
}

}  // namespace pflow::query
