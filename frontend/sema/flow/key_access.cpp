#include "frontend/sema/flow/key_access.h"

#include "frontend/ast/walk.h"

namespace pflow::sema {
namespace {

class AccessWalk {
 public:
  AccessWalk(const Program& program, std::vector<KeyAccess>& out) : program_(program), out_(out) {}

  void statement(const ast::Statement& statement) {
    for_each_root(statement, [&](const ast::Expr& root) { expression(root); });
    if (statement.kind == ast::StatementKind::Let) {
      const ast::LetBinding& let = ast::as<ast::LetStatement>(statement).let;
      if (auto key = program_.lets.find(&let); key != program_.lets.end())
        add(key->second, let.name.span, true);
    }
    if (statement.kind == ast::StatementKind::Assign) {
      const auto& assign = ast::as<ast::AssignStatement>(statement);
      if (auto key = program_.assigns.find(&assign); key != program_.assigns.end())
        add(key->second, assign.key.span, true);
    }
    if (statement.kind == ast::StatementKind::OnError)
      block(*ast::as<ast::OnErrorStatement>(statement).body);
    if (const ast::Chain* chain = chain_of(statement))
      for (const ast::Stage* stage : chain->stages) this->stage(*stage);
  }

 private:
  void block(const ast::Block& block) {
    for (const ast::Statement* inner : block.statements) statement(*inner);
  }

  void stage(const ast::Stage& stage) {
    for_each_block(stage, [&](const ast::Block& inner) { block(inner); });
    for (const StageWrite& write : program_.stage(stage.id).writes) {
      Span span = stage.expr != nullptr ? stage.expr->span : stage.span;
      for (const ast::Binding& binding : stage.bindings)
        if (binding.key.symbol == program_.key(write.key).name) span = binding.key.span;
      add(write.key, span, true);
    }
  }

  void expression(const ast::Expr& root) {
    std::vector<const ast::Expr*> work{&root};
    while (!work.empty()) {
      const ast::Expr& at = *work.back();
      work.pop_back();
      add(program_.expr_keys[at.id.index], at.span, false);
      if (auto call = program_.calls.find(at.id); call != program_.calls.end()) {
        for (const BoundArgument& argument : call->second.arguments)
          if (argument.source == ArgumentSource::Key) add(argument.key, at.span, false);
      }
      for_each_child(at, [&](const ast::Expr& child) { work.push_back(&child); });
    }
  }

  void add(KeyId key, Span span, bool writes) {
    if (key.valid()) out_.push_back({key, span, writes});
  }

  const Program& program_;
  std::vector<KeyAccess>& out_;
};

}  // namespace

void collect_accesses(const Program& program, const ast::Statement& statement,
                      std::vector<KeyAccess>& out) {
  AccessWalk(program, out).statement(statement);
}

}  // namespace pflow::sema
