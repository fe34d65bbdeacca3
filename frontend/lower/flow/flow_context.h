/// What lowering one flow shares, or a part that becomes one (flow_part.h): the block
/// being built, its expressions, what jumps and transitions have made. Logic is in free
/// functions over it, a file a subject.
#pragma once

#include <unordered_map>
#include <vector>

#include "frontend/lower/expr/expr_context.h"
#include "frontend/lower/module/flow_part.h"
#include "frontend/lower/module/module_context.h"
#include "ir/builder.h"

namespace pflow::lowering {

/// What a stage passes on: nothing, a value, or what a slot holds.
struct Held {
  ir::ValueId value;
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
struct PendingChain {
  const ast::TransitionStatement* statement;
  ir::BlockId block;
  bool takes_error;
  sema::KeyId error_key;
};

class FlowContext;
struct Rounds;

/// What a stage may hold; statements.h has the rules. Each gives what the last stage
/// passes on.
struct FlowRules {
  Held (*block)(FlowContext&, const ast::Block&);
  Held (*statement)(FlowContext&, const ast::Statement&);
  Held (*chain)(FlowContext&, const ast::Chain&);
};

class FlowContext {
 public:
  FlowContext(ModuleContext& module, FlowPart of, const FlowRules& rules,
              const ExprRules& expr_rules);

  Held lower(const ast::Block& block) { return rules.block(*this, block); }
  Held lower(const ast::Statement& statement) { return rules.statement(*this, statement); }
  Held lower(const ast::Chain& chain) { return rules.chain(*this, chain); }

  ir::ValueId load(const Held& held) {
    return held.slot.valid() ? builder.load(held.slot) : held.value;
  }
  [[nodiscard]] bool has_value(ir::TypeId type) const {
    return type.valid() && !types.is(type, ir::TypeKind::Void) &&
           !types.is(type, ir::TypeKind::Never);
  }

  ModuleContext& module;
  const sema::Program& program;
  FlowPart part;
  ir::TypeTable& types;
  ir::Builder builder;
  ExprContext exprs;
  const FlowRules& rules;
  ir::BlockId base_unwind;  ///< `on error`
  std::unordered_map<const ast::TransitionStatement*, ir::BlockId> transition_blocks;
  std::unordered_map<ast::StageId, Arrival> arrivals;
  std::vector<PendingChain> pending;
  std::vector<ir::SlotId> zeroed;  ///< counters
  std::vector<Rounds*> rounds;     ///< the `repeat`s in hand, the innermost last
};

}  // namespace pflow::lowering
