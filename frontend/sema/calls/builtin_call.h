/// One call of a node of the compiler, overloaded on its first argument.
#pragma once

#include "frontend/sema/calls/calls.h"

namespace pflow::sema {

/// One call: which expression stands for which parameter.
class BuiltinCall {
 public:
  BuiltinCall(Env& env, const ast::CallExpr& call, const BuiltinInfo& info, Expect expect,
              const StageCall* stage)
      : env_(env), ctx_(env.ctx), call_(call), info_(info), expect_(expect), stage_(stage) {}

  ir::TypeId check();

 private:
  bool assign();
  ir::TypeId check_form();
  ir::TypeId choose();
  ir::TypeId fail();
  ir::TypeId map();
  ir::TypeId filter();
  ir::TypeId flat_map();
  ir::TypeId sort_by();
  ir::TypeId group_by();
  ir::TypeId count_by();
  ir::TypeId sum_by();
  ir::TypeId top();
  ir::TypeId quantified();
  ir::TypeId count();
  ir::TypeId collect();
  ir::TypeId as_type();
  ir::TypeId fold();
  ir::TypeId length();
  ir::TypeId slice();
  ir::TypeId json();
  ir::TypeId to_text();
  ir::TypeId to_number(ir::TypeId result);
  ir::TypeId number(bool clamp);

  /// The type of the first argument: of its expression, or piped.
  ir::TypeId first(Expect expect = {});
  /// Holds the first argument to a type, where it is an expression.
  void hold_first(ir::TypeId type);
  ir::TypeId wrong_first(ir::TypeId type, std::string_view wanted);
  [[nodiscard]] Span first_span() const {
    return values_[0] != nullptr ? values_[0]->span : stage_->previous->span;
  }

  /// The items of the first argument; `element` is the error type after a report.
  struct Items {
    ir::TypeId element;
    bool stream = false;
  };
  Items items(bool streams, size_t function);
  ir::TypeId container(const Items& items, ir::TypeId element);
  void check_consumer(const Items& items);
  /// Whether the function of the items, which gives the text they go by, is right.
  bool check_key(const Items& items);
  ir::TypeId without_order(const ast::Expr& function, ir::TypeId result);

  Env& env_;
  Context& ctx_;
  const ast::CallExpr& call_;
  const BuiltinInfo& info_;
  Expect expect_;
  const StageCall* stage_;
  std::vector<const ast::Expr*> values_;
  std::vector<const ast::Argument*> types_;
  ir::TypeId type_argument_;  ///< of `as`
};

}  // namespace pflow::sema
