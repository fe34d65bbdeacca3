/// What nothing reaches, and loops that nothing leaves.
#include <algorithm>

#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"

namespace pflow::sema {
namespace {

/// The first of several nodes that nothing reaches speaks for those behind it.
class Unreached {
 public:
  explicit Unreached(FlowContext& context)
      : context_(context), graph_(context.graph), covered_(graph_.size(), false) {}

  void run() {
    for (uint32_t n = 0; n < graph_.size(); ++n) {
      FlowNodeId node(n);
      if (graph_.reachable(node) || covered_[n]) continue;
      if (is_known(node)) {
        cover(node);
      } else if (can_speak(node)) {
        report(node);
        cover(node);
      }
    }
  }

 private:
  /// Consequences of what is reported elsewhere: the chain of a transition that
  /// nothing takes, a second `on error`, and what stands right of `choose`.
  [[nodiscard]] bool is_known(FlowNodeId node) const {
    FlowNodeKind kind = graph_.kind(node);
    if (kind == FlowNodeKind::Failed || kind == FlowNodeKind::Limit) return true;
    if (kind == FlowNodeKind::OnError) return true;
    if (graph_.begins_chain(node) && !from_action(node)) return true;
    const ast::Stage* stage = graph_.stage(node);
    if (stage == nullptr || !can_speak(node)) return false;
    const ast::Stage* left = graph_.piped_from(*stage);
    return left != nullptr && graph_.is_choose(*left);
  }

  [[nodiscard]] bool is_until(FlowNodeId node) const {
    const ast::Stage* stage = graph_.stage(node);
    return graph_.kind(node) == FlowNodeKind::Test && stage->repeat != nullptr &&
           stage->repeat->until != nullptr;
  }

  /// Whether the transition's chain follows an action of its stage itself.
  [[nodiscard]] bool from_action(FlowNodeId node) const {
    auto before = graph_.predecessors(node);
    return std::any_of(before.begin(), before.end(), [&](FlowNodeId from) {
      FlowNodeKind kind = graph_.kind(from);
      return kind != FlowNodeKind::Failed && kind != FlowNodeKind::Limit;
    });
  }

  [[nodiscard]] bool can_speak(FlowNodeId node) const {
    switch (graph_.kind(node)) {
      case FlowNodeKind::Let:
      case FlowNodeKind::Assign:
      case FlowNodeKind::Return:
      case FlowNodeKind::Assert:
      case FlowNodeKind::Stub:
      case FlowNodeKind::Stage:
      case FlowNodeKind::Jump: return true;
      case FlowNodeKind::Test: return is_until(node);
      case FlowNodeKind::End:
        return graph_.stage(node) != nullptr && graph_.stage(node)->kind == ast::StageKind::End;
      case FlowNodeKind::Entry:
      case FlowNodeKind::Head:
      case FlowNodeKind::Completed:
      case FlowNodeKind::Failed:
      case FlowNodeKind::Limit:
      case FlowNodeKind::OnError: return false;
    }
  }

  void report(FlowNodeId node) {
    const ast::Stage* stage = graph_.stage(node);
    const ast::Statement* statement = graph_.statement(node);
    Span span = stage == nullptr ? statement->span
                : is_until(node) ? stage->repeat->until->span
                                 : stage_span(*stage);
    std::string_view what = stage == nullptr                        ? "statement"
                            : is_until(node)                        ? "condition"
                            : graph_.jump_target(*stage) != nullptr ? "jump"
                                                                    : "stage";
    auto report = context_.diagnostics.report(diag::unreachable_stage, span, what);
    report.label("never runs");
    FlowNodeId stopper = stopper_before(node);
    if (!stopper) return;
    if (const ast::Stage* before = graph_.stage(stopper)) {
      report.secondary(stage_span(*before), "control does not go on from here");
    } else if (const ast::Statement* before = graph_.statement(stopper)) {
      report.secondary(before->span, "control does not go on from here");
    }
  }

  /// What stands before the node and does not go on; for a block, what does so in it.
  [[nodiscard]] FlowNodeId stopper_before(FlowNodeId node) const {
    FlowNodeId stopper = graph_.stopper(node);
    while (stopper && !graph_.reachable(stopper) && graph_.stopper(stopper)) {
      stopper = graph_.stopper(stopper);
    }
    return stopper;
  }

  void cover(FlowNodeId from) {
    std::vector<FlowNodeId> work{from};
    covered_[from.index] = true;
    while (!work.empty()) {
      FlowNodeId node = work.back();
      work.pop_back();
      for (const FlowEdge& edge : graph_.successors(node)) {
        if (graph_.reachable(edge.to) || covered_[edge.to.index]) continue;
        covered_[edge.to.index] = true;
        work.push_back(edge.to);
      }
    }
  }

  FlowContext& context_;
  const FlowGraph& graph_;
  std::vector<bool> covered_;
};

void check_repeats(FlowContext& context, std::unordered_set<uint32_t>& open) {
  const FlowGraph& graph = context.graph;
  for (const ast::Stage* stage : graph.stages()) {
    if (stage->kind != ast::StageKind::Repeat) continue;
    FlowNodeId head(graph.region(graph.region_of(*stage->repeat->body)).first - 1);
    if (!graph.reachable(head) || !graph.in_loop(head)) continue;
    if (!open.insert(graph.part(head)).second) continue;
    Span word{stage->span.file, stage->span.begin, stage->span.begin + 6};
    context.diagnostics.report(diag::endless_repeat, word)
        .label("always runs again")
        .help("say when it is done: `until` after the body");
  }
}

/// The loops that no edge leaves, by part: the jump target that names the loop.
void check_loops(FlowContext& context) {
  const FlowGraph& graph = context.graph;
  std::unordered_set<uint32_t> open;  // parts that something leaves or that are reported
  for (uint32_t n = 0; n < graph.size(); ++n) {
    FlowNodeId node(n);
    for (const FlowEdge& edge : graph.successors(node)) {
      bool leaves = graph.part(edge.to) != graph.part(node);
      if (leaves && graph.kind(edge.to) != FlowNodeKind::OnError) open.insert(graph.part(node));
    }
    const ast::Stage* stage = graph.stage(node);
    if (stage != nullptr && context.reported.contains(stage)) open.insert(graph.part(node));
  }
  for (const ast::Stage* jump : graph.stages()) {
    const ast::Stage* target = graph.jump_target(*jump);
    // A jump into a block, or out of what holds it, has been reported.
    if (target == nullptr || !graph.label_of(*target)->in_list) continue;
    FlowNodeId node = graph.node_of(*jump);
    bool is_loop = graph.in_loop(node) && graph.part(node) == graph.part(graph.node_of(*target));
    if (!graph.reachable(node) || !is_loop || !open.insert(graph.part(node)).second) continue;
    std::string_view name = context.text(target->label.symbol);
    context.diagnostics.report(diag::endless_loop, jump->span, name)
        .label("always comes back to it")
        .secondary(target->label.span, "the loop begins here")
        .note(fmt::format("a transition leaves a loop; `{} - \"limit\" >> end` does so after "
                          "`max` runs",
                          name));
  }
  check_repeats(context, open);
}

}  // namespace

void check_reach(FlowContext& context) {
  Unreached(context).run();
  check_loops(context);
}

}  // namespace pflow::sema
