#include "frontend/query/keys_in_sight.h"

#include <algorithm>
#include <unordered_set>

#include "frontend/ast/walk.h"

namespace pflow::query {

namespace {

bool holds(Span span, uint32_t offset) { return span.begin <= offset && offset <= span.end; }

/// Parts of a declaration that keys do not leave.
class Regions {
 public:
  explicit Regions(const ast::Decl& decl) {
    ast::for_each_root(decl, [&](const ast::Expr& root) { expr(root); });
    if (decl.kind != ast::DeclKind::Flow && decl.kind != ast::DeclKind::Test) return;
    const ast::Block* body = ast::as<ast::FlowDecl>(decl).body;
    if (body != nullptr)
      ast::for_each_statement(*body, [&](const ast::Statement& each) { statement(each); });
  }

  [[nodiscard]] bool sees(uint32_t offset, const sema::Key& key) const {
    auto outside = [&](const std::vector<Span>& regions) {
      return std::ranges::any_of(regions, [&](Span region) {
        return holds(region, key.span.begin) && !holds(region, offset);
      });
    };
    return !outside(bodies_) && !outside(of(key.kind));
  }

 private:
  [[nodiscard]] const std::vector<Span>& of(sema::KeyKind kind) const {
    static const std::vector<Span> kNone;
    switch (kind) {
      case sema::KeyKind::Item: return items_;
      case sema::KeyKind::Lambda: return lambdas_;
      case sema::KeyKind::Let: return blocks_;
      case sema::KeyKind::Variant: return arms_;
      case sema::KeyKind::Error: return errors_;
      case sema::KeyKind::Param:
      case sema::KeyKind::Bound:
      case sema::KeyKind::Output: return kNone;
    }
  }

  void expr(const ast::Expr& expr) {
    if (expr.kind == ast::ExprKind::Lambda) lambdas_.push_back(expr.span);
    if (expr.kind == ast::ExprKind::Block) blocks_.push_back(expr.span);
    if (expr.kind == ast::ExprKind::Match)
      for (const ast::MatchArm& arm : ast::as<ast::MatchExpr>(expr).arms)
        if (!arm.patterns.empty())
          arms_.push_back(join(arm.patterns.front().span, arm.value->span));
    ast::for_each_child(expr, [&](const ast::Expr& child) { this->expr(child); });
  }

  void statement(const ast::Statement& statement) {
    if (statement.kind == ast::StatementKind::OnError) errors_.push_back(statement.span);
    if (statement.kind == ast::StatementKind::Transition) errors_.push_back(statement.span);
    const ast::Chain* chain = ast::chain_of(statement);
    if (chain == nullptr) return;
    for (const ast::Stage* stage : chain->stages) {
      if (stage->each != nullptr) {
        bodies_.push_back(stage->each->body->span);
        items_.push_back(join(stage->each->item.span, stage->each->body->span));
      }
      if (stage->repeat != nullptr) items_.push_back(stage->span);
      if (stage->match != nullptr)
        for (const ast::MatchForm::Arm& arm : stage->match->arms) arms_.push_back(arm.span);
    }
  }

  std::vector<Span> bodies_, items_, lambdas_, blocks_, arms_, errors_;
};

class Labels {
 public:
  explicit Labels(uint32_t offset) : offset_(offset) {}

  void block(const ast::Block& block) {
    for (const ast::Statement* statement : block.statements) {
      if (statement->kind == ast::StatementKind::OnError)
        this->block(*ast::as<ast::OnErrorStatement>(*statement).body);
      const ast::Chain* chain = ast::chain_of(*statement);
      if (chain == nullptr) continue;
      for (const ast::Stage* stage : chain->stages) {
        if (stage->label.symbol.valid()) found.push_back({stage->label, stage});
        if (stage->each == nullptr || holds(stage->each->body->span, offset_))
          ast::for_each_block(*stage, [&](const ast::Block& inner) { this->block(inner); });
      }
    }
  }

  std::vector<LabelInSight> found;

 private:
  uint32_t offset_;
};

}  // namespace

std::vector<sema::KeyId> keys_in_sight(const Snapshot& snapshot, const ast::Decl& decl,
                                       uint32_t offset) {
  const sema::Program& program = snapshot.program();
  std::vector<sema::KeyId> keys;
  Regions regions(decl);
  for (const sema::Body& body : program.bodies) {
    if (program.callable(body.callable).decl != &decl) continue;
    for (sema::KeyId id : body.keys)
      if (regions.sees(offset, program.key(id))) keys.push_back(id);
  }
  std::ranges::stable_partition(
      keys, [&](sema::KeyId id) { return program.key(id).span.begin < offset; });
  std::unordered_set<Symbol> seen;
  std::erase_if(keys, [&](sema::KeyId id) { return !seen.insert(program.key(id).name).second; });
  return keys;
}

std::vector<LabelInSight> labels_in_sight(const ast::Decl& decl, uint32_t offset) {
  Labels labels(offset);
  if (decl.kind == ast::DeclKind::Flow || decl.kind == ast::DeclKind::Test)
    if (const ast::Block* body = ast::as<ast::FlowDecl>(decl).body; body != nullptr)
      labels.block(*body);
  return std::move(labels.found);
}

}  // namespace pflow::query
