/// What the syntax of one flow says of its control flow: nodes, edges, regions, labels, who
/// sets and reads what. FlowBuilder makes it; FlowGraph (flow_graph.h) has the queries about
/// paths.
///
/// What happens in a node: first its reads, then its writes. A stage whose
/// failure is handled is two nodes, its run (reads) and its completion (writes),
/// so that what it writes is unset on its error edge. A stage with a body is a
/// begin, the nodes of its blocks, and a completion; what stands in which block
/// is a tree of regions.
///
/// The branches of `par` are laid one after the other: all of them have run when
/// it completes, and what one sets no other may read (check_races). The body of
/// `each` is a dead end beside the way from its begin to its completion: its keys
/// do not leave it, and an item's ends are no ends of the flow.
///
/// Names are the flow's own: parameters, `let`, `-> key`, assigned keys. The
/// names of lambda parameters and of lets inside expressions are left out.
/// `error` is lexical (inside the chain of an `error` transition) and not in
/// the graph.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/ast/ast.h"

namespace pflow::sema {

using FlowNodeId = Id<struct FlowNodeTag>;
using RegionId = Id<struct RegionTag>;  ///< 0 is the flow's body

enum class FlowNodeKind : uint8_t {
  Entry,      ///< writes the parameters
  Let,        ///< LetStatement
  Assign,     ///< AssignStatement
  Return,     ///< ReturnStatement: reads its expression
  Stage,      ///< an expression stage's run; the begin of a stage with a body
  Assert,     ///< AssertStatement
  Stub,       ///< StubStatement
  Test,       ///< the condition of an `else if` or `until`; the end of a `repeat`'s body
  Head,       ///< where each run of a `repeat` begins
  Completed,  ///< writes of a let, assignment or stage that can fail visibly; a body's end
  Failed,     ///< a stage's error edge: begins the chain of its error transition
  Limit,      ///< a stage's limit edge: begins the chain of its limit transition
  OnError,    ///< begins the block of `on error`: what fails and is not handled leads here
  Jump,       ///< a last stage that is a label; `break`, `continue`
  End,        ///< a way to end; see FlowEnd
};

/// A block that a stage holds, or the flow's own.
enum class RegionKind : uint8_t {
  Flow,
  Each,     ///< a list and a scope of its own
  Branch,   ///< of `par`: one statement
  Loop,     ///< body of `repeat`
  Arm,      ///< of `if` or `match`
  Block,    ///< of a block stage
  Whole,    ///< of a block stage that runs, with its policies, as a whole
  OnError,  ///< of `on error`
};

struct Region {
  RegionKind kind;
  RegionId parent;                    ///< none: the flow
  RegionId scope;                     ///< the nearest Flow or Each around it, or itself
  const ast::Stage* stage = nullptr;  ///< whose body it is; null: Flow, OnError
  Span span;                          ///< of the block, or of the branch's statement
  uint32_t number = 0;                ///< Arm, Branch: which; of `else`, the last
  uint32_t first = 0, end = 0;        ///< its nodes, those of inner regions too: first … end - 1
  FlowNodeId test;                    ///< Arm: where its condition is evaluated
  bool goes_on = false;               ///< control comes to its end
};

/// One evaluation of a name, or of `label.port`.
struct Read {
  const ast::Expr* expr = nullptr;    ///< the NameExpr, or the FieldExpr of `label.port`
  Symbol name;                        ///< the key, or the label
  const ast::Stage* stage = nullptr;  ///< of `label.port`: the labelled stage
  Symbol port;                        ///< of `label.port`
  bool tolerant = false;              ///< the left of `??`: may be unset
};

/// A way along which control goes on. `action` is `default` for `>>`, a new line
/// and what is not a stage's action at all.
struct FlowEdge {
  FlowNodeId to;
  std::string_view action;
  const ast::TransitionStatement* transition = nullptr;  ///< that takes the action, if any
};

/// How a flow ends.
enum class EndKind : uint8_t {
  Last,        ///< the end of the body
  Transition,  ///< the end of a transition's chain
  Return,      ///< `return e`
  End,         ///< `end`
  Fail,        ///< `fail(…)` that nothing takes: no result is due
};

struct FlowEnd {
  EndKind kind;
  FlowNodeId node;                    ///< the End node: all keys set before are set here
  Span span;                          ///< what the user sees as the place of the end
  const ast::Stage* stage = nullptr;  ///< whose value the flow gives (Last, Transition), or the
                                      ///< End or Fail stage; null after a let or assignment
  const ast::ReturnStatement* returned = nullptr;
  /// What the end would have to leave on its way, but cannot: the nearest Branch or
  /// Whole. Then it is no way to end.
  RegionId held_by = {};
};

/// A `break` or `continue` that cannot leave its round: an error.
struct HeldRound {
  const ast::Stage* stage;
  RegionId held_by;  ///< the nearest Each, Branch, Whole or OnError, if any
  RegionId loop;     ///< the `repeat` outside of it, if any
};

/// Everything about a labelled stage that the syntax says.
struct LabelInfo {
  const ast::Stage* stage = nullptr;
  bool in_list = false;  ///< in a list of a flow or `each`: may have transitions, be jumped to
  RegionId scope = {};   ///< the Flow or Each that it belongs to
  bool used = false;     ///< by a transition, a jump or `label.port`
  std::vector<const ast::TransitionStatement*> transitions;  ///< that name it, in source order
  std::vector<const ast::Stage*> jumps;                      ///< the last stages that jump to it
};

/// A path from the flow's beginning on which something is not set, told by where
/// it leaves the ways that set it. Empty when nothing stands out, and after the
/// first hundred of a flow: each takes a walk through all of it.
struct Witness {
  const ast::TransitionStatement* over = nullptr;  ///< the transition that misses the setter …
  const ast::Stage* after = nullptr;               ///< … or the stage after which control misses it
};

class FlowShape {
 public:
  /// Names of a callee's outputs in order; empty for unknown names. The callee of
  /// `x.f(y)` is `f`. Must stay the same while the graph lives.
  using OutputsOf = std::function<std::vector<Symbol>(Symbol callee)>;

  FlowShape(const FlowShape&) = delete;
  FlowShape& operator=(const FlowShape&) = delete;

  [[nodiscard]] const ast::FlowDecl& flow() const { return flow_; }
  [[nodiscard]] size_t size() const { return nodes_.size(); }
  [[nodiscard]] FlowNodeId entry() const { return FlowNodeId(0); }
  [[nodiscard]] FlowNodeKind kind(FlowNodeId node) const { return nodes_[node.index].kind; }
  [[nodiscard]] const ast::Stage* stage(FlowNodeId node) const { return nodes_[node.index].stage; }
  [[nodiscard]] std::span<const FlowEdge> successors(FlowNodeId node) const;
  [[nodiscard]] std::span<const FlowNodeId> predecessors(FlowNodeId node) const;
  [[nodiscard]] std::span<const Read> reads(FlowNodeId node) const;
  /// Keys that the node sets.
  [[nodiscard]] std::span<const ast::Name> writes(FlowNodeId node) const;

  /// Where the stage evaluates its expression (a block: where it begins).
  [[nodiscard]] FlowNodeId node_of(const ast::Stage& stage) const;
  /// Where a let, assignment or return evaluates its expression; none for others.
  [[nodiscard]] FlowNodeId node_of(const ast::Statement& statement) const;
  /// Where the stage's writes have been made.
  [[nodiscard]] FlowNodeId completed(const ast::Stage& stage) const;

  /// All stages in source order: blocks and those in them, jumps, `end`.
  [[nodiscard]] const std::vector<const ast::Stage*>& stages() const { return order_; }
  /// For a node that control does not come to from the node before it in source
  /// order: that node (`end`, `fail`, `choose`, `return`, a jump). None for others.
  [[nodiscard]] FlowNodeId stopper(FlowNodeId node) const;
  /// Whether the node begins a transition's chain.
  [[nodiscard]] bool begins_chain(FlowNodeId node) const { return nodes_[node.index].begins_chain; }
  /// The statement of a Let, Assign, Return node or of their completion; else null.
  [[nodiscard]] const ast::Statement* statement(FlowNodeId node) const {
    return nodes_[node.index].statement;
  }

  [[nodiscard]] const std::vector<FlowEnd>& ends() const { return ends_; }
  /// How an item of the `each` ends.
  [[nodiscard]] const std::vector<FlowEnd>& item_ends(const ast::Stage& each) const;
  /// Ends that would leave a branch of `par` or the like: errors.
  [[nodiscard]] const std::vector<FlowEnd>& held_ends() const { return held_ends_; }

  [[nodiscard]] const std::vector<HeldRound>& held_rounds() const { return held_rounds_; }

  [[nodiscard]] const Region& region(RegionId id) const { return regions_[id.index]; }
  [[nodiscard]] size_t region_count() const { return regions_.size(); }
  /// The innermost region of the node.
  [[nodiscard]] RegionId region_of(FlowNodeId node) const { return nodes_[node.index].region; }
  /// The regions that the stage holds directly, in source order.
  [[nodiscard]] std::span<const RegionId> regions_of(const ast::Stage& stage) const;
  [[nodiscard]] RegionId region_of(const ast::Block& block) const;
  /// The region nearest to `inner` that keeps control from going to one of `scope`'s
  /// own stages: an Each, Branch, Whole or OnError; none when it is free to go.
  [[nodiscard]] RegionId barrier(RegionId inner, RegionId scope) const;

  /// The label as it is seen in the scope: its own, else one of a scope around it.
  [[nodiscard]] const LabelInfo* label(Symbol name, RegionId scope) const;
  [[nodiscard]] const LabelInfo* label(Symbol name) const { return label(name, RegionId(0)); }
  [[nodiscard]] const LabelInfo* label(Symbol name, FlowNodeId seen_at) const;
  /// Of a stage whose label is its own: null when an earlier stage has it, or without.
  [[nodiscard]] const LabelInfo* label_of(const ast::Stage& stage) const;
  /// The stage that `stage`, a bare name that ends its chain, jumps to; else null.
  [[nodiscard]] const ast::Stage* jump_target(const ast::Stage& stage) const;
  /// The stage left of it in its chain; null for the first (of a transition's chain too).
  [[nodiscard]] const ast::Stage* piped_from(const ast::Stage& stage) const;
  /// The name that an expression stage calls (`f` of `x.f(y)`); none for other stages.
  [[nodiscard]] static Symbol callee(const ast::Stage& stage);
  /// The output ports of what the stage calls.
  [[nodiscard]] const std::vector<Symbol>& outputs(const ast::Stage& stage) const;
  /// `choose(…)`, also as `x.choose()`: never ends with `default`.
  [[nodiscard]] bool is_choose(const ast::Stage& stage) const;
  [[nodiscard]] bool is_fail(const ast::Stage& stage) const;
  /// The error transition that takes the stage's failure: its own, else that of the
  /// nearest block around it; null when the flow fails.
  [[nodiscard]] const ast::TransitionStatement* error_handler(const ast::Stage& stage) const;

  /// Whether anything in the flow sets the key: parameter, let, `->`, assignment.
  [[nodiscard]] bool is_key(Symbol name) const { return setters_.contains(name); }
  /// The key's setters in source order of their nodes.
  [[nodiscard]] std::span<const FlowNodeId> setters(Symbol name) const;

 protected:
  FlowShape(const ast::FlowDecl& flow, OutputsOf outputs_of)
      : flow_(flow), outputs_of_(std::move(outputs_of)) {}
  ~FlowShape() = default;

  std::unordered_map<Symbol, std::vector<FlowNodeId>> natural_;  ///< completions by port name
  /// By port name: the stages in branches of a `par` that have it, where two have.
  struct BranchOutput {
    RegionId branch;
    const ast::Stage* stage = nullptr;
    const ast::Stage* other = nullptr;  ///< in another branch
  };
  std::unordered_map<Symbol, std::unordered_map<const ast::Stage*, BranchOutput>> branch_outputs_;

 private:
  [[nodiscard]] static uint64_t label_place(Symbol name, RegionId scope) {
    return uint64_t{scope.index} << 32 | name.index;
  }

  friend class FlowBuilder;

  struct Node {
    FlowNodeKind kind;
    bool begins_chain = false;
    RegionId region;
    const ast::Stage* stage = nullptr;
    const ast::Statement* statement = nullptr;
    uint32_t first_read = 0, read_count = 0;
    uint32_t first_write = 0, write_count = 0;
    uint32_t first_successor = 0, successor_count = 0;
    uint32_t first_predecessor = 0, predecessor_count = 0;
  };
  struct StageNodes {
    FlowNodeId run, completed;
    const ast::Stage* piped_from = nullptr;
    const ast::Stage* jump_target = nullptr;
    const ast::TransitionStatement* error_handler = nullptr;
    bool is_choose = false, is_fail = false;
  };

  const ast::FlowDecl& flow_;
  OutputsOf outputs_of_;
  std::vector<Node> nodes_;
  std::vector<FlowEdge> edges_;
  std::vector<FlowNodeId> predecessors_;
  std::vector<Read> reads_;
  std::vector<ast::Name> writes_;
  std::vector<FlowEnd> ends_, held_ends_;
  std::vector<HeldRound> held_rounds_;
  std::unordered_map<const ast::Stage*, std::vector<FlowEnd>> item_ends_;
  std::vector<Region> regions_;
  std::unordered_map<const ast::Stage*, std::vector<RegionId>> stage_regions_;
  std::unordered_map<const ast::Block*, RegionId> block_regions_;
  std::unordered_map<uint64_t, LabelInfo> labels_;  ///< by scope and name
  std::unordered_map<const ast::Stage*, StageNodes> stages_;
  std::vector<const ast::Stage*> order_;
  std::unordered_map<FlowNodeId, FlowNodeId> stoppers_;
  std::unordered_map<const ast::Statement*, FlowNodeId> statements_;
  std::unordered_map<Symbol, std::vector<FlowNodeId>> setters_;
  mutable std::unordered_map<Symbol, std::vector<Symbol>> outputs_;  ///< by callee, as asked for
};

}  // namespace pflow::sema
