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

#include "frontend/lower/flow/flow_part.h"
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
  void set_piped(ir::ValueId value, std::vector<const ast::CallExpr*> deferred = {}) {
    piped_ = value;
    deferred_ = std::move(deferred);
  }
  /// Whether it is such a call.
  [[nodiscard]] bool is_step(const ast::Expr& expr) const { return step_call(&expr) != nullptr; }
  /// Whether it is one, or ends a chain of these, on what is piped.
  [[nodiscard]] bool takes_piped(const ast::Expr& expr) const;
  /// Whether the call is map, filter or flat_map, or ends a chain of these.
  [[nodiscard]] bool is_sequence_call(const ast::Expr& expr) const;
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
    ir::SlotId list;  ///< none: the items are the numbers from `index` up to `count`
    ir::SlotId index, count;
    ir::SlotId item;  ///< over a stream
    ir::BlockId head, body, done;
  };
  Loop begin_loop(std::string name, ir::ValueId list);
  void make_blocks(Loop& loop, std::string name);
  void enter_body(const Loop& loop);
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
  ValueId lower_map(const ast::MapExpr& expr, TypeId type);
  ValueId lower_json_index(const ast::IndexExpr& expr, ValueId base);
  ValueId lower_record(const ast::RecordExpr& expr);
  ValueId field_default(TypeId record, size_t index);
  ValueId get_field(ValueId record, std::string_view name);
  /// `none` when `base` is, else `part` of its value; `result` is the optional's type.
  ValueId if_set(ValueId base, TypeId result, const std::function<ValueId(ValueId)>& part);

  // templates.cpp
  ValueId lower_template(const ast::TemplateExpr& expr, TypeId type);
  ValueId lower_bound_template(const ast::TemplateExpr& expr, TypeId type);
  void describe_hole(const ast::TemplateExpr& expr, size_t hole, ir::TemplatePiece& piece) const;

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
  ValueId lower_as_type(const sema::CallInfo& info, TypeId type);
  void lower_fail(const sema::CallInfo& info);

  // sequence_loops.cpp
  /// Where a loop's body goes on: with the next item, or behind the loop.
  struct LoopExits {
    ir::BlockId next, done;
  };
  using ItemBody = std::function<void(ValueId item, const LoopExits& exits)>;
  /// map, filter or flat_map on the way to what ends a chain.
  struct Step {
    sema::Builtin kind;
    const ast::Expr* function;
    TypeId item;  ///< that it gives
  };
  struct Sequence {
    ValueId source;  ///< a list or stream …
    ValueId from;    ///< … or, when this is valid, the number before which it ends
    std::vector<Step> steps;
  };
  Loop begin_counting_loop(std::string name, ValueId from, ValueId to);
  Loop begin_stream_loop(std::string name, ValueId stream);
  /// A loop over the source behind `items`, with the steps up to there and `body` in it.
  void for_each_item(const sema::BoundArgument& items, const std::string& name,
                     const ItemBody& body);
  void run_steps(std::span<const Step> steps, ValueId item, const LoopExits& exits,
                 const ItemBody& body);
  ValueId lower_steps(const ast::CallExpr& expr, TypeId result);
  ValueId lower_collect(const sema::CallInfo& info, TypeId result);
  ValueId lower_fold(const sema::CallInfo& info, TypeId result);
  ValueId lower_any(const sema::CallInfo& info);
  ValueId lower_count(const sema::CallInfo& info);
  ValueId lower_group_by(const sema::CallInfo& info, TypeId result);
  ValueId lower_sort_by(const sema::CallInfo& info, TypeId result);

  // sequences.cpp
  [[nodiscard]] const sema::CallInfo* counting_range(const sema::BoundArgument& source) const;
  [[nodiscard]] const ast::CallExpr* step_call(const ast::Expr* expr) const;
  std::vector<Step> steps_of(const sema::BoundArgument*& at, ir::TypeKind kind);
  bool flattens(const ast::CallExpr& expr);
  Sequence sequence_of(const sema::BoundArgument& items);
  ValueId lower_pipe(const ast::CallExpr& expr);
  ir::FunctionId pipe_function(const std::vector<Step>& steps,
                               const std::vector<CarriedKey>& captures, TypeId item, Span span);
  /// The function argument applied to `values`.
  ValueId apply(const ast::Expr& function, std::vector<ValueId> values);
  [[nodiscard]] const ast::LambdaExpr* lambda_of(const ast::Expr& function) const;
  [[nodiscard]] TypeId result_of(const ast::Expr& function) const;
  static const char* builtin_name(sema::Builtin builtin);

  ModuleLowering& module_;
  const sema::Program& program_;
  ir::TypeTable& types_;
  ir::Builder& builder_;
  std::string function_;
  ValueId piped_;  ///< what `>>` brings to the stage in hand …
  /// … by way of these calls of map, filter and flat_map, which are not yet carried out.
  std::vector<const ast::CallExpr*> deferred_;
  std::unordered_map<const ast::Expr*, ValueId> evaluated_;  ///< receivers of calls in hand
  std::unordered_map<sema::KeyId, ir::SlotId> slots_;
  std::unordered_map<sema::KeyId, ir::SlotId> flags_;
  std::vector<ir::SlotId> own_flags_;
};

}  // namespace pflow
