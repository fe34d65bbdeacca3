/// Lowers the body of a flow: stages in source order, their transitions, jumps
/// between labels, piped values, ends.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "frontend/lower/expr_lowering.h"
#include "frontend/lower/module_lowering.h"
#include "ir/builder.h"

namespace pflow {

ir::Function lower_flow(ModuleLowering& module, const sema::Body& body);

class FlowLowering {
 public:
  FlowLowering(ModuleLowering& module, const sema::Body& body);
  ir::Function run();

 private:
  /// What a stage passes on: nothing, a value, or what a slot holds.
  struct Held {
    ir::ValueId value;
    ir::SlotId slot;
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

  // flow_lowering.cpp
  Held lower_statements(const ast::Block& block);
  Held lower_statement(const ast::Statement& statement);
  Held lower_chain(const ast::Chain& chain);
  void lower_pending();
  void end_flow(Held value);
  void return_value(ir::ValueId value);
  void start_slots_at_zero();
  ir::ValueId load(Held held);

  // stages.cpp
  Held lower_stage(const ast::Stage& stage, Held piped);
  Held run_stage(const ast::Stage& stage, const sema::StageInfo& info, Held piped);
  Held value_stage(const ast::Stage& stage, const sema::StageInfo& info);
  Held call_stage(const ast::Stage& stage, const sema::StageInfo& info, const sema::CallInfo& call);
  void choose_stage(const ast::Stage& stage, const sema::StageInfo& info,
                    const sema::CallInfo& call);
  /// The blocks that end the stage with its actions besides default.
  std::vector<ir::Edge> action_edges(const ast::Stage& stage, const sema::StageInfo& info);
  [[nodiscard]] std::string stage_name(const ast::Stage& stage) const;

  // outputs.cpp
  /// The slots for a call's outputs, direct ones where nothing is in the way.
  std::vector<ir::SlotId> output_slots(const sema::StageInfo& info, const sema::Callable& callable);
  [[nodiscard]] bool is_direct(const sema::StageInfo& info, const sema::Callable& callable,
                               size_t port) const;
  /// Stores what did not go to its keys directly.
  void write_keys(const sema::StageInfo& info, const sema::Callable& callable,
                  const std::vector<ir::SlotId>& slots);

  // transitions.cpp
  ir::BlockId transition_block(const ast::Stage& stage, const sema::Transition& transition);
  [[nodiscard]] const sema::Transition* transition(const sema::StageInfo& info,
                                                   std::string_view action) const;
  Arrival& arrival(ast::StageId stage);
  void jump_to_stage(const sema::StageInfo& info, Held piped);
  Held arrive(const ast::Stage& stage, const sema::StageInfo& info, Held piped);
  void count_visit(const ast::Stage& stage, const sema::StageInfo& info);
  /// A block that failures of the caller's own do not leave.
  ir::BlockId plain_block(std::string_view name);

  ModuleLowering& module_;
  const sema::Program& program_;
  const sema::Body& body_;
  const ast::FlowDecl& flow_;
  ir::TypeTable& types_;
  ir::Builder builder_;
  ExprLowering expressions_;
  std::unordered_map<const ast::TransitionStatement*, ir::BlockId> transition_blocks_;
  std::unordered_map<ast::StageId, Arrival> arrivals_;
  std::vector<Pending> pending_;
  std::vector<ir::SlotId> zeroed_;  ///< counters and flags
};

}  // namespace pflow
