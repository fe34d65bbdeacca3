/// Lowers expressions into the current block of a function under construction.
/// Control inside an expression makes blocks; what crosses them goes through slots.
///
/// Never recurses along left operands and receivers: operators and method calls
/// group to the left as long as the source is.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "frontend/lower/flow_part.h"
#include "frontend/lower/module_lowering.h"
#include "ir/builder.h"

namespace pflow {

class ExprLowering {
 public:
  ExprLowering(ModuleLowering& module, ir::Builder& builder, std::string function)
      : module_(module),
        program_(module.program()),
        types_(module.types()),
        builder_(builder),
        function_(std::move(function)) {}

  /// The value of `expr`, converted to what the checks want; invalid when it has
  /// none or never ends.
  ir::ValueId lower(const ast::Expr& expr);
  /// The same as `to`.
  ir::ValueId lower_as(const ast::Expr& expr, ir::TypeId to);

  /// What the call stage binds for `>>`.
  void set_piped(ir::ValueId value) { piped_ = value; }
  /// The arguments of a call in port order without type ports, each of its port's type.
  std::vector<ir::ValueId> arguments(const sema::CallInfo& info);
  /// One argument of a builtin, as it is.
  ir::ValueId argument(const sema::BoundArgument& bound);

  /// The values that a comparison has compared; invalid for `none`.
  struct Sides {
    ir::ValueId left, right;
  };
  ir::ValueId lower_comparison(const ast::BinaryExpr& expr, Sides& sides);

  /// Makes the parameter slots and enters the first block; an assigned parameter gets
  /// a second slot.
  void add_params(const FlowPart& part);
  ir::SlotId slot(sema::KeyId key);
  /// Stores into the key, and notes that it is set where somebody asks.
  void store(sema::KeyId key, ir::ValueId value);
  /// The bool slot beside a key that may be read unset.
  ir::SlotId set_flag(sema::KeyId key);
  ir::SlotId slot(const sema::KeyId key, bool flag) { return flag ? set_flag(key) : slot(key); }
  ir::SlotId slot(const CarriedKey& carried) { return slot(carried.key, carried.flag); }
  /// The flags that have come up and are no parameters.
  [[nodiscard]] const std::vector<ir::SlotId>& own_flags() const { return own_flags_; }

  /// A loop over a list: from `begin_loop` on ops go to its body, from `end_loop` on
  /// behind it.
  struct Loop {
    std::string name;
    ir::SlotId list, index, count;
    ir::BlockId head, body, done;
  };
  Loop begin_loop(std::string name, ir::ValueId list);
  ir::ValueId loop_item(const Loop& loop);
  void end_loop(const Loop& loop);

  /// An arm of a `match`, and where its patterns lead.
  struct MatchTarget {
    std::span<const ast::Pattern> patterns;
    ir::BlockId block;
  };
  /// Ends the block with the tests of the arms, which are exhaustive; binds what they bind.
  void branch_on(const ast::Expr& subject, const std::vector<MatchTarget>& arms);

  [[nodiscard]] ModuleLowering& module() { return module_; }
  [[nodiscard]] ir::Builder& builder() { return builder_; }
  [[nodiscard]] const std::string& function() const { return function_; }

 private:
  using ValueId = ir::ValueId;
  using TypeId = ir::TypeId;

  [[nodiscard]] TypeId type_of(const ast::Expr& expr) const {
    return program_.expr_types[expr.id.index];
  }
  [[nodiscard]] TypeId element(TypeId type) const { return types_.get(type).element; }
  [[nodiscard]] bool is(TypeId type, ir::TypeKind kind) const { return types_.is(type, kind); }
  ValueId convert(ValueId value, TypeId to);

  // expr_lowering.cpp
  [[nodiscard]] const ast::Expr* first_operand(const ast::Expr& expr) const;
  ValueId finish(const ast::Expr& expr, ValueId value);
  ValueId lower_leaf(const ast::Expr& expr);
  ValueId lower_with(const ast::Expr& expr, const ast::Expr& first, ValueId value);
  ValueId lower_key(const ast::Expr& expr, sema::KeyId key);
  ValueId lower_none(TypeId type);

  // compound.cpp
  ValueId lower_field(const ast::FieldExpr& expr, ValueId base);
  ValueId lower_index(const ast::IndexExpr& expr, ValueId base);
  ValueId lower_slice(const ast::SliceExpr& expr, ValueId base);
  ValueId lower_list(const ast::ListExpr& expr, TypeId type);
  ValueId lower_record(const ast::RecordExpr& expr);
  ValueId field_default(TypeId record, size_t index);
  ValueId get_field(ValueId record, std::string_view name);
  /// `none` when `base` is, else `part` of its value; `result` is the optional's type.
  ValueId if_set(ValueId base, TypeId result, const std::function<ValueId(ValueId)>& part);

  // templates.cpp
  ValueId lower_template(const ast::TemplateExpr& expr, TypeId type);
  ValueId lower_command(const ast::TemplateExpr& expr);

  // operators.cpp
  ValueId lower_unary(const ast::UnaryExpr& expr);
  ValueId lower_binary(const ast::BinaryExpr& expr, ValueId left);
  ValueId lower_logic(const ast::BinaryExpr& expr, ValueId left);
  ValueId lower_equality(const ast::BinaryExpr& expr, ValueId left);
  ValueId lower_order(ast::BinaryOp op, ValueId left, ValueId right);
  ValueId lower_in(ValueId needle, ValueId container);
  ValueId lower_sum(ValueId left, ValueId right, TypeId type);
  ValueId lower_coalesce(const ast::BinaryExpr& expr, ValueId left);
  ValueId lower_maybe_unset(const ast::BinaryExpr& expr, sema::KeyId key);
  void else_value(const ast::BinaryExpr& expr, ir::SlotId into, ir::BlockId done);
  [[nodiscard]] sema::KeyId maybe_unset_key(const ast::Expr& expr) const;

  // match.cpp
  ValueId lower_match(const ast::MatchExpr& expr, TypeId type);
  void switch_on(ValueId subject, const std::vector<MatchTarget>& arms);
  void test_pattern(ir::SlotId subject, const ast::Pattern& pattern, ir::BlockId arm,
                    ir::BlockId next);
  void bind_variant(ir::SlotId subject, const ast::Pattern& pattern);

  // branches.cpp
  ValueId lower_if(const ast::IfExpr& expr, TypeId type);
  ValueId lower_block(const ast::BlockExpr& expr, TypeId type);
  void bind_lets(const ast::BlockExpr& expr);
  void arm(const ast::Expr& expr, ir::SlotId into, ir::BlockId done);

  // calls.cpp
  ValueId lower_call(const ast::CallExpr& expr);
  ValueId bound_value(const sema::BoundArgument& bound, const sema::PortInfo& port, TypeId type);
  ValueId call(const sema::CallInfo& call, std::vector<ValueId> values, ir::SiteId site);
  ValueId lower_builtin(const ast::CallExpr& expr, const sema::CallInfo& info);
  ValueId lower_number(const sema::CallInfo& info, ir::TypeId to);
  ValueId lower_clamp(const sema::CallInfo& info, TypeId type);
  ValueId lower_slice_call(const sema::CallInfo& info);
  void lower_fail(const sema::CallInfo& info);

  // sequence_loops.cpp
  ValueId lower_map(const sema::CallInfo& info, TypeId result);
  ValueId lower_filter(const sema::CallInfo& info, TypeId result);
  ValueId lower_fold(const sema::CallInfo& info, TypeId result);
  ValueId lower_sort_by(const sema::CallInfo& info, TypeId result);
  ValueId map_loop(const std::string& name, ValueId list, const ast::Expr& function, TypeId result);
  /// The function argument applied to `values`.
  ValueId apply(const ast::Expr& function, std::vector<ValueId> values);
  [[nodiscard]] TypeId result_of(const ast::Expr& function) const;

  ModuleLowering& module_;
  const sema::Program& program_;
  ir::TypeTable& types_;
  ir::Builder& builder_;
  std::string function_;
  ValueId piped_;  ///< what `>>` brings to the stage in hand
  std::unordered_map<const ast::Expr*, ValueId> evaluated_;  ///< receivers of calls in hand
  std::unordered_map<sema::KeyId, ir::SlotId> slots_;
  std::unordered_map<sema::KeyId, ir::SlotId> flags_;
  std::vector<ir::SlotId> own_flags_;
};

}  // namespace pflow
