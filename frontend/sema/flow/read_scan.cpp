#include "frontend/sema/flow/read_scan.h"

#include "frontend/ast/walk.h"

namespace pflow::sema {
namespace {

using ast::Expr;
using ast::ExprKind;

class ReadScan {
 public:
  ReadScan(const LabelledStage& labelled, std::vector<Read>& out)
      : labelled_(labelled), out_(out) {}

  void run(const Expr& expr) {
    visit(&expr);
    while (!steps_.empty()) {
      Step step = steps_.back();
      steps_.pop_back();
      if (step.expr == nullptr) {
        bound_[step.name] += step.bind ? 1 : -1;
        continue;
      }
      // Children are pushed in order of evaluation and then turned round.
      size_t first = steps_.size();
      expand(*step.expr, step.tolerant);
      for (size_t a = first, b = steps_.size(); a + 1 < b; ++a, --b) {
        std::swap(steps_[a], steps_[b - 1]);
      }
    }
  }

 private:
  /// Evaluates `expr`, or enters or leaves the scope of `name`.
  struct Step {
    const Expr* expr = nullptr;
    bool tolerant = false;
    bool bind = false;
    Symbol name;
  };

  void visit(const Expr* expr) {
    if (expr != nullptr) steps_.push_back({.expr = expr});
  }
  void bind(Symbol name, bool begins) { steps_.push_back({.bind = begins, .name = name}); }
  [[nodiscard]] bool is_bound(Symbol name) const {
    auto found = bound_.find(name);
    return found != bound_.end() && found->second > 0;
  }

  /// What is no read and binds nothing has its parts in order of evaluation.
  void expand(const Expr& expr, bool tolerant) {
    switch (expr.kind) {
      case ExprKind::Name: return expand_name(ast::as<ast::NameExpr>(expr), tolerant);
      case ExprKind::Field: return expand_field(ast::as<ast::FieldExpr>(expr), tolerant);
      case ExprKind::Call: return expand_call(ast::as<ast::CallExpr>(expr));
      case ExprKind::Lambda: return expand_lambda(ast::as<ast::LambdaExpr>(expr));
      case ExprKind::Binary: return expand_binary(ast::as<ast::BinaryExpr>(expr));
      case ExprKind::Match: return expand_match(ast::as<ast::MatchExpr>(expr));
      case ExprKind::Block: return expand_block(ast::as<ast::BlockExpr>(expr));
      case ExprKind::Error:
      case ExprKind::Int:
      case ExprKind::Float:
      case ExprKind::Bool:
      case ExprKind::None:
      case ExprKind::Duration:
      case ExprKind::Template:
      case ExprKind::Index:
      case ExprKind::Slice:
      case ExprKind::Unary:
      case ExprKind::If:
      case ExprKind::Record:
      case ExprKind::Map:
      case ExprKind::List:
        ast::for_each_child(expr, [&](const Expr& child) { visit(&child); });
        return;
    }
  }

  void expand_name(const ast::NameExpr& expr, bool tolerant) {
    if (!is_bound(expr.name))
      out_.push_back({.expr = &expr, .name = expr.name, .tolerant = tolerant});
  }

  void expand_lambda(const ast::LambdaExpr& lambda) {
    for (const auto& param : lambda.params) bind(param.symbol, true);
    visit(lambda.body);
    for (const auto& param : lambda.params) bind(param.symbol, false);
  }

  void expand_block(const ast::BlockExpr& block) {
    for (const auto& let : block.lets) {
      visit(let.value);
      bind(let.name.symbol, true);
    }
    visit(block.value);
    for (const auto& let : block.lets) bind(let.name.symbol, false);
  }

  void expand_match(const ast::MatchExpr& match) {
    visit(match.subject);
    for (const auto& arm : match.arms) {
      for (const auto& pattern : arm.patterns) {
        if (pattern.binding.symbol) bind(pattern.binding.symbol, true);
      }
      visit(arm.value);
      for (const auto& pattern : arm.patterns) {
        if (pattern.binding.symbol) bind(pattern.binding.symbol, false);
      }
    }
  }

  void expand_field(const ast::FieldExpr& field, bool tolerant) {
    if (field.base->kind == ExprKind::Name) {
      Symbol name = ast::as<ast::NameExpr>(*field.base).name;
      const ast::Stage* stage = is_bound(name) ? nullptr : labelled_(name);
      if (stage != nullptr) {
        out_.push_back({.expr = &field,
                        .name = name,
                        .stage = stage,
                        .port = field.field.symbol,
                        .tolerant = tolerant});
        return;
      }
    }
    visit(field.base);
  }

  void expand_call(const ast::CallExpr& call) {
    if (call.callee->kind == ExprKind::Field) {
      visit(ast::as<ast::FieldExpr>(*call.callee).base);
    } else if (call.callee->kind != ExprKind::Name) {
      visit(call.callee);
    }
    for (const auto& argument : call.arguments) visit(argument.value);
  }

  void expand_binary(const ast::BinaryExpr& binary) {
    steps_.push_back({.expr = binary.left, .tolerant = binary.op == ast::BinaryOp::Coalesce});
    visit(binary.right);
  }

  const LabelledStage& labelled_;
  std::vector<Read>& out_;
  std::vector<Step> steps_;
  std::unordered_map<Symbol, int> bound_;
};

}  // namespace

void scan_reads(const ast::Expr& expr, const LabelledStage& labelled, std::vector<Read>& out) {
  ReadScan(labelled, out).run(expr);
}

}  // namespace pflow::sema
