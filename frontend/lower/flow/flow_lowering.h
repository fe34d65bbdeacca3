/// Lowers one flow, or a part that becomes one (flow_part.h): stages in source order,
/// their transitions, jumps between labels, piped values, ends.
///
/// What a stage passes through, from the outside: its count of visits, its `error`
/// transition, its fallback, its policies, itself.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "frontend/lower/expr/expr_lowering.h"
#include "frontend/lower/flow/flow_part.h"
#include "frontend/lower/module_lowering.h"
#include "ir/builder.h"

namespace pflow {

ir::Function lower_flow(ModuleLowering& module, const sema::Body& body);

class FlowLowering {
 public:
  FlowLowering(ModuleLowering& module, FlowPart part);

 private:
  friend ir::Function lower_flow(ModuleLowering& module, const sema::Body& body);
  using ValueId = ir::ValueId;
  using TypeId = ir::TypeId;

  /// What a stage passes on: nothing, a value, or what a slot holds.
  struct Held {
    ValueId value;
    ir::SlotId slot;
    /// Calls of map, filter and flat_map on it, left to the stage that ends the chain.
    std::vector<const ast::CallExpr*> deferred = {};
    [[nodiscard]] bool valid() const { return value.valid() || slot.valid(); }
  };
  /// A stage that jumps reach: where they arrive, and the slot that they feed.
  struct Arrival {
    ir::BlockId block;
    ir::SlotId piped;
  };
  /// A transition's chain that still has to be lowered.
  struct Pending {
    const ast::TransitionStatement* statement;
    ir::BlockId block;
    bool takes_error;
    sema::KeyId error_key;
  };
  /// Policies as operands.
  struct Policies {
    std::vector<ir::Policy> kinds;
    std::vector<ValueId> values;
  };
  /// An output of a stage: what it is called, its type, its port.
  struct Output {
    std::string name;
    TypeId type;
  };

  // flow_lowering.cpp
  ir::Function run(const std::function<Held()>& body);
  ir::Function run_flow(const ast::Block& body);
  Held lower_statements(const ast::Block& block);
  Held lower_statement(const ast::Statement& statement);
  Held lower_chain(const ast::Chain& chain);
  [[nodiscard]] bool is_deferred(const ast::Stage& stage, const ast::Stage* next) const;
  void lower_pending();
  void end_flow(Held value);
  void return_value(const ast::Expr* value);
  void start_slots_at_zero();
  ValueId load(Held held);
  [[nodiscard]] bool has_value(TypeId type) const {
    return type.valid() && !types_.is(type, ir::TypeKind::Void) &&
           !types_.is(type, ir::TypeKind::Never);
  }

  // failures.cpp
  /// Takes the failure that led here, also into `key` when that is one, and handles it by
  /// `body`; what fails in that has it as its reason. The slot that keeps it.
  ir::SlotId handle_failure(sema::KeyId key, const std::function<void()>& body);
  void lower_on_error(const ast::OnErrorStatement& handler, ir::BlockId block);
  Held with_fallback(const ast::Stage& stage, const sema::StageInfo& info, Held piped);
  Held lower_fallback(const ast::Expr& fallback, TypeId type);
  /// What `attempt` gives, as `type`; when it fails, the fallback, told to `instead`.
  Held falls_back(const std::string& name, const sema::StageInfo& info, TypeId type,
                  const std::function<Held()>& attempt, const std::function<void(Held)>& instead);

  // stages.cpp
  Held lower_stage(const ast::Stage& stage, Held piped);
  Held run_stage(const ast::Stage& stage, const sema::StageInfo& info, Held piped);
  Held block_stage(const sema::StageInfo& info, const ast::Block& block);
  Held value_stage(const ast::Stage& stage, const sema::StageInfo& info);
  void choose_stage(const ast::Stage& stage, const sema::StageInfo& info,
                    const sema::CallInfo& call);
  [[nodiscard]] std::string stage_name(const ast::Stage& stage) const;
  [[nodiscard]] std::string_view label_of(const ast::Stage& stage) const;
  [[nodiscard]] const sema::CallInfo* called(const ast::Expr* expr) const;

  // call_stages.cpp
  Held call_stage(const ast::Stage& stage, const sema::StageInfo& info, const sema::CallInfo& call);
  /// The blocks that end the stage with its actions besides default.
  std::vector<ir::Edge> action_edges(const ast::Stage& stage, const sema::StageInfo& info);
  /// How a stage's call is carried out.
  struct CallPlan {
    ir::Callee callee;
    ir::SiteId site;
    Policies policies;
    std::vector<Output> outputs;
    std::vector<ir::SlotId> slots;
    ir::SlotId action;    ///< where the flow around a node says the action
    bool invoke = false;  ///< else a call
  };
  CallPlan plan_call(const ast::Stage& stage, const sema::StageInfo& info,
                     const sema::CallInfo& call);
  void leave_call(const ast::Stage& stage, const sema::StageInfo& info, const CallPlan& plan,
                  const std::vector<ir::Edge>& edges, ir::BlockId after);
  [[nodiscard]] std::vector<Output> outputs_of(const sema::CallInfo& call) const;
  [[nodiscard]] bool invokes(const sema::CallInfo& call) const;

  // outputs.cpp
  /// The slots for a stage's outputs, direct ones where nothing is in the way.
  std::vector<ir::SlotId> output_slots(const sema::StageInfo& info,
                                       const std::vector<Output>& outputs, int out_port);
  [[nodiscard]] bool is_direct(const sema::StageInfo& info, const Output& output,
                               size_t port) const;
  /// Stores what did not go to its keys directly.
  void write_keys(const sema::StageInfo& info, const std::vector<Output>& outputs,
                  const std::vector<ir::SlotId>& slots);

  // control.cpp
  Held if_stage(const ast::Stage& stage, const sema::StageInfo& info);
  Held match_stage(const ast::Stage& stage, const sema::StageInfo& info);
  Held arms_done(const sema::StageInfo& info, ir::SlotId into, ir::BlockId done);
  ir::SlotId arms_value(const sema::StageInfo& info, std::string_view name);
  void lower_arm(const ast::Block* body, ir::SlotId into, ir::BlockId done);

  // repeat.cpp
  /// A `repeat` in hand: its count of rounds and where its ways lead.
  struct Rounds {
    const ast::Stage& stage;
    const sema::StageInfo& info;
    ir::SlotId count;
    ir::BlockId done;
    ir::BlockId unwind;
    ir::BlockId body_end = {};  ///< where `continue` goes; none until there is one
  };
  Held repeat_stage(const ast::Stage& stage, const sema::StageInfo& info, Held piped);
  void repeat_body(Rounds& rounds, ir::BlockId next);
  void repeat_plain(Rounds& rounds);
  void repeat_list(Rounds& rounds, ValueId list);
  void repeat_stream(Rounds& rounds, ValueId stream);
  void leave_round(ast::StageKind how);

  // outline.cpp
  FlowPart part(const std::string& name, Span span) const;
  /// A part as a function of its own; its value's type is known when it has been lowered.
  ir::FunctionId outline(FlowPart part, bool gives_value,
                         const std::function<Held(FlowLowering&)>& body);
  std::vector<ValueId> carried_values(const std::vector<CarriedKey>& in);
  /// Slots for results that are keys here: the keys' own where nothing is in the way.
  std::vector<ir::SlotId> carried_slots(const std::vector<CarriedKey>& out);
  void store_carried(const std::vector<CarriedKey>& out, const std::vector<ir::SlotId>& slots);
  Held with_policies(const ast::Stage& stage, const sema::StageInfo& info, Held piped);
  Held outlined_stage(const ast::Stage& stage, const sema::StageInfo& info);
  Held par_stage(const ast::Stage& stage);

  // each.cpp
  Held each_stage(const ast::Stage& stage, const sema::StageInfo& info, Held piped);
  ir::FunctionId each_flow(const ast::Stage& stage, const sema::StageInfo& info,
                           const std::vector<CarriedKey>& in, const KeyUses& uses, TypeId result);
  static std::vector<sema::KeyId> assigned_in(const KeyUses& uses, sema::KeyId item);
  Held guarded_item(const ast::Stage& stage, const sema::StageInfo& info,
                    const std::vector<CarriedKey>& params, ir::FunctionId inner);
  void drain(const ast::Stage& stage, ValueId stream);
  Held list_each(const ast::Stage& stage, const sema::StageInfo& info, ir::FunctionId flow,
                 std::vector<ValueId> operands, const Policies& policies);
  Held stream_each(const ast::Stage& stage, const sema::StageInfo& info, ir::FunctionId flow,
                   std::vector<ValueId> operands, const Policies& policies);

  // policies.cpp
  enum class Governs : uint8_t { Stage, Whole, Item };
  /// Whether the op that governs so much has it as an operand.
  static bool is_operand(const sema::StagePolicy& policy, Governs governs);
  Policies lower_policies(const ast::Stage& stage, const sema::StageInfo& info, Governs governs);
  [[nodiscard]] static bool has_policies(const sema::StageInfo& info, Governs governs);
  ir::Op& add_governed(ir::Opcode opcode, std::vector<ValueId> operands, const Policies& policies,
                       TypeId type = {});
  [[nodiscard]] static const ast::Expr* fallback_of(const sema::StageInfo& info);

  // asserts.cpp
  void lower_assert(const ast::AssertStatement& statement);
  ValueId shown(ValueId value);

  // transitions.cpp
  ir::BlockId transition_block(const ast::Stage& stage, const sema::Transition& transition);
  [[nodiscard]] const sema::Transition* transition(const sema::StageInfo& info,
                                                   std::string_view action) const;
  Arrival& arrival(ast::StageId stage);
  void jump_to_stage(const sema::StageInfo& info, Held piped);
  Held arrive(const ast::Stage& stage, const sema::StageInfo& info, Held piped);
  void count_visit(const ast::Stage& stage, const sema::StageInfo& info);
  void check_bound(const ast::Stage& stage, const sema::StageInfo& info, ir::SlotId visits);
  /// A block that failures of the caller's own do not leave.
  ir::BlockId plain_block(std::string_view name);

  ModuleLowering& module_;
  const sema::Program& program_;
  FlowPart part_;
  ir::TypeTable& types_;
  ir::Builder builder_;
  ExprLowering expressions_;
  ir::BlockId base_unwind_;  ///< `on error`
  std::unordered_map<const ast::TransitionStatement*, ir::BlockId> transition_blocks_;
  std::unordered_map<ast::StageId, Arrival> arrivals_;
  std::vector<Pending> pending_;
  std::vector<ir::SlotId> zeroed_;  ///< counters
  std::vector<Rounds*> rounds_;     ///< the `repeat`s in hand, the innermost last
};

}  // namespace pflow
