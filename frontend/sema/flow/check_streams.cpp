/// A stream is consumed exactly once, in the body that makes it.
#include <algorithm>
#include <unordered_map>

#include "frontend/ast/walk.h"
#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"

namespace pflow::sema {
namespace {

/// A place that consumes a stream.
struct Use {
  FlowNodeId node;
  Span span;
  bool in_lambda = false;
};

/// A key that holds streams: who sets it and who consumes what it holds.
struct StreamKey {
  std::vector<FlowNodeId> setters;
  std::vector<Use> uses;
};

class StreamCheck {
 public:
  explicit StreamCheck(FlowContext& context) : context_(context), graph_(context.graph) {}

  void run() {
    for (const ast::Stage* stage : graph_.stages()) check_value(*stage);
    const std::vector<KeyId>& keys = context_.body.keys;
    for (KeyId key : keys)
      if (is_stream(context_.program.key(key).type)) keys_.try_emplace(key);
    if (keys_.empty()) return;
    collect();
    for (KeyId key : keys) {
      auto found = keys_.find(key);
      if (found != keys_.end() && !found->second.setters.empty()) check(key, found->second);
    }
  }

 private:
  [[nodiscard]] bool is_stream(ir::TypeId type) const {
    return type.valid() && context_.types.is(type, ir::TypeKind::Stream);
  }

  /// The value of a stage that nobody takes. An `each` then pulls the items itself.
  void check_value(const ast::Stage& stage) {
    if (stage.kind == ast::StageKind::Each) return;
    const StageInfo& info = context_.info(stage);
    if (!is_stream(info.value) || info.value_used || !stage.bindings.empty()) return;
    if (!graph_.reachable(graph_.node_of(stage))) return;
    context_.diagnostics
        .report(diag::stream_unconsumed, stage_span(stage), stage_name(context_.names, stage))
        .label("its stream goes nowhere")
        .note("what nobody pulls from never runs; pipe it on, or `collect()` it");
  }

  // ---- who sets, who consumes ----------------------------------------------------

  void collect() {
    for (KeyId param : context_.program.callable(context_.body.callable).params)
      if (auto found = keys_.find(param); found != keys_.end())
        found->second.setters.push_back(graph_.entry());
    for (const ast::Stage* stage : graph_.stages()) {
      for (const StageWrite& write : context_.info(*stage).writes)
        if (auto found = keys_.find(write.key); found != keys_.end())
          found->second.setters.push_back(graph_.completed(*stage));
    }
    if (graph_.flow().body == nullptr) return;
    for_each_statement(*graph_.flow().body, [&](const ast::Statement& s) { statement(s); });
    for (const FlowEnd& end : graph_.ends()) {
      if (end.kind == EndKind::Fail) continue;
      for (KeyId result : context_.body.result_keys)
        if (auto found = keys_.find(result); found != keys_.end())
          found->second.uses.push_back({end.node, end.span});
    }
  }

  void statement(const ast::Statement& statement) {
    FlowNodeId node = graph_.node_of(statement);
    if (statement.kind == ast::StatementKind::Let) {
      const ast::LetBinding& let = ast::as<ast::LetStatement>(statement).let;
      auto key = context_.program.lets.find(&let);
      if (key != context_.program.lets.end()) set(key->second, node);
    }
    if (statement.kind == ast::StatementKind::Assign) {
      auto key = context_.program.assigns.find(&ast::as<ast::AssignStatement>(statement));
      if (key != context_.program.assigns.end()) set(key->second, node);
    }
    const ast::Chain* chain = chain_of(statement);
    if (chain == nullptr) {
      for_each_root(statement, [&](const ast::Expr& root) { expression(root, node); });
      return;
    }
    for (const ast::Stage* stage : chain->stages) {
      if (graph_.jump_target(*stage) != nullptr) continue;
      for_each_root(*stage, [&](const ast::Expr& root) {
        bool until = stage->repeat != nullptr && &root == stage->repeat->until;
        expression(root, until ? graph_.region(graph_.region_of(*stage->repeat->body)).test
                               : graph_.node_of(*stage));
      });
    }
  }

  void set(KeyId key, FlowNodeId node) {
    if (auto found = keys_.find(key); found != keys_.end()) found->second.setters.push_back(node);
  }

  void expression(const ast::Expr& root, FlowNodeId node) {
    std::vector<std::pair<const ast::Expr*, bool>> work{{&root, false}};
    while (!work.empty()) {
      auto [at, in_lambda] = work.back();
      work.pop_back();
      use(context_.program.expr_keys[at->id.index], {node, at->span, in_lambda});
      if (auto call = context_.program.calls.find(at->id); call != context_.program.calls.end())
        for (const BoundArgument& argument : call->second.arguments)
          if (argument.source == ArgumentSource::Key) use(argument.key, {node, at->span});
      bool inner = in_lambda || at->kind == ast::ExprKind::Lambda;
      for_each_child(*at, [&](const ast::Expr& child) { work.emplace_back(&child, inner); });
    }
  }

  void use(KeyId key, const Use& use) {
    if (!key.valid()) return;
    if (auto found = keys_.find(key); found != keys_.end()) found->second.uses.push_back(use);
  }

  // ---- the checks ----------------------------------------------------------------

  void check(KeyId key, const StreamKey& stream) {
    const Key& info = context_.program.key(key);
    std::string_view name = context_.text(info.name);
    if (stream.uses.empty()) {
      context_.diagnostics.report(diag::stream_unconsumed, info.span, name)
          .label("never consumed")
          .note("what nobody pulls from never runs; pipe it on, or `collect()` it");
      return;
    }
    for (const Use& use : stream.uses)
      if (report_captured(stream, use, name, info.span)) return;
    for (const Use& use : stream.uses)
      if (report_again(stream, use, name)) return;
    report_left(stream, name, info.span);
  }

  /// What is consumed by something that may run at another time, or several times.
  bool report_captured(const StreamKey& stream, const Use& use, std::string_view name, Span made) {
    std::string_view holder = use.in_lambda ? "a lambda" : "";
    RegionId at = use.in_lambda ? RegionId() : graph_.region_of(use.node);
    for (; at.valid() && holder.empty(); at = graph_.region(at).parent) {
      const Region& region = graph_.region(at);
      bool apart = region.kind == RegionKind::Each || region.kind == RegionKind::Branch ||
                   region.kind == RegionKind::Whole;
      bool makes = std::any_of(stream.setters.begin(), stream.setters.end(), [&](FlowNodeId node) {
        return node.index >= region.first && node.index < region.end;
      });
      if (makes) break;
      if (apart) holder = region_name(region);
    }
    if (holder.empty()) return false;
    context_.diagnostics.report(diag::stream_captured, use.span, name, holder)
        .label("consumed here")
        .secondary(made, "made outside of it")
        .help("consume it where it is made, or keep a list: `collect()`");
    return true;
  }

  /// A use that another one, or the same in a loop, comes after.
  bool report_again(const StreamKey& stream, const Use& first, std::string_view name) {
    const Use* again = nullptr;
    for (const Use& use : stream.uses)
      if (&use > &first && use.node == first.node) again = &use;
    if (again == nullptr) {
      walk(
          first.node, [&](FlowNodeId node) { return is_setter(stream, node); },
          [&](FlowNodeId node) {
            if (again == nullptr) again = use_at(stream, node);
            return again != nullptr;
          });
    }
    if (again == nullptr) return false;
    bool loop = again == &first;
    auto report = context_.diagnostics.report(diag::stream_twice, again->span, name);
    report.label(loop ? "consumed again in the loop" : "consumed again here");
    if (!loop) report.secondary(first.span, "consumed here first");
    report.help("keep its items in a list: `collect()`");
    return true;
  }

  /// A way from where it is made to an end, or back, on which nothing consumes it.
  void report_left(const StreamKey& stream, std::string_view name, Span made) {
    for (FlowNodeId setter : stream.setters) {
      FlowNodeId left;
      walk(
          setter,
          [&](FlowNodeId node) {
            return use_at(stream, node) != nullptr || is_failure(graph_.kind(node));
          },
          [&](FlowNodeId node) {
            if (use_at(stream, node) != nullptr) return false;
            bool ends = graph_.kind(node) == FlowNodeKind::End && !is_fail_end(node) &&
                        scope_of(node) == scope_of(setter);
            if (!left && (ends || is_setter(stream, node))) left = node;
            return left.valid();
          });
      if (!left) continue;
      auto report = context_.diagnostics.report(diag::stream_unconsumed, made, name);
      report.label("not consumed on every path")
          .secondary(stream.uses.front().span, "consumed here");
      return;
    }
  }

  /// The ends of items are none of the flow's.
  [[nodiscard]] RegionId scope_of(FlowNodeId node) const {
    return graph_.region(graph_.region_of(node)).scope;
  }
  static bool is_failure(FlowNodeKind kind) {
    return kind == FlowNodeKind::Failed || kind == FlowNodeKind::Limit ||
           kind == FlowNodeKind::OnError;
  }
  [[nodiscard]] bool is_fail_end(FlowNodeId node) const {
    return std::any_of(graph_.ends().begin(), graph_.ends().end(), [&](const FlowEnd& end) {
      return end.node == node && end.kind == EndKind::Fail;
    });
  }
  static bool is_setter(const StreamKey& stream, FlowNodeId node) {
    return std::find(stream.setters.begin(), stream.setters.end(), node) != stream.setters.end();
  }
  static const Use* use_at(const StreamKey& stream, FlowNodeId node) {
    auto found = std::find_if(stream.uses.begin(), stream.uses.end(),
                              [&](const Use& use) { return use.node == node; });
    return found == stream.uses.end() ? nullptr : &*found;
  }

  /// Visits what comes after `from`, until `found` says so, not going beyond nodes
  /// that `stops`. A program of very many streams is not walked to the end.
  template <typename Stops, typename Found>
  void walk(FlowNodeId from, Stops&& stops, Found&& found) {
    constexpr size_t kSteps = 20'000'000;
    std::vector<FlowNodeId> work{from};
    std::vector<bool> seen(graph_.size(), false);
    steps_ += graph_.size() / 64;
    while (!work.empty() && steps_ < kSteps) {
      FlowNodeId node = work.back();
      work.pop_back();
      for (const FlowEdge& edge : graph_.successors(node)) {
        ++steps_;
        if (seen[edge.to.index]) continue;
        seen[edge.to.index] = true;
        if (found(edge.to)) return;
        if (!stops(edge.to)) work.push_back(edge.to);
      }
    }
  }

  FlowContext& context_;
  const FlowGraph& graph_;
  std::unordered_map<KeyId, StreamKey> keys_;
  size_t steps_ = 0;
};

}  // namespace

void check_streams(FlowContext& context) { StreamCheck(context).run(); }

}  // namespace pflow::sema
