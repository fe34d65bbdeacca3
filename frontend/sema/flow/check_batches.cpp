/// What an item of a batch does: it asks one `llm`, and nothing else that can be seen from outside,
/// since all items stand still until all answers are there.
#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "frontend/ast/walk.h"
#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"

namespace pflow::sema {
namespace {

/// A stage in the way, why, and what to do.
struct Obstacle {
  Span place;
  std::string why;
  std::string_view help;
};

bool is_llm(const FlowContext& context, const Callable& callee) {
  return callee.kind == CallableKind::Extern && callee.module == "models" &&
         context.text(callee.name) == "llm";
}

bool gives_tools(const FlowContext& context, const Callable& llm, const CallInfo& call) {
  for (size_t i = 0; i < call.arguments.size(); ++i)
    if (context.text(llm.ports[i].name) == "tools" &&
        call.arguments[i].source != ArgumentSource::Default)
      return true;
  return false;
}

/// Walks the stages of an item.
class ItemWalk {
 public:
  explicit ItemWalk(FlowContext& context) : context_(context) {}

  /// How many questions a way through the block asks.
  int block(const ast::Block& block) {
    int asked = 0;
    for (const ast::Statement* statement : block.statements) {
      if (statement->kind == ast::StatementKind::OnError)
        asked += this->block(*ast::as<ast::OnErrorStatement>(*statement).body);
      const ast::Chain* chain = chain_of(*statement);
      for (size_t i = 0; chain != nullptr && i < chain->stages.size(); ++i)
        asked += stage(*chain->stages[i], asked);
    }
    return asked;
  }
  [[nodiscard]] const std::optional<Obstacle>& obstacle() const { return obstacle_; }

 private:
  void stands_in_the_way(Span place, std::string why, std::string_view help) {
    if (!obstacle_) obstacle_ = Obstacle{place, std::move(why), help};
  }
  void asks_again(Span place, std::string why) {
    stands_in_the_way(place, std::move(why), "each question is an `each` of its own");
  }

  int stage(const ast::Stage& stage, int before) {
    if (obstacle_) return 0;
    if (stage.kind == ast::StageKind::Expr) return call(stage, before);
    int asked = 0;
    for_each_block(stage, [&](const ast::Block& inner) {
      const int here = block(inner);
      asked = is_choice(stage) ? std::max(asked, here) : asked + here;
    });
    if (asked > 0 && !is_choice(stage) && stage.kind != ast::StageKind::Block)
      asks_again(stage_head(stage), "may ask several times");
    if (asked > 0 && before > 0) asks_again(stage_head(stage), "asks once more");
    return asked;
  }

  static bool is_choice(const ast::Stage& stage) {
    return stage.kind == ast::StageKind::If || stage.kind == ast::StageKind::Match;
  }

  int call(const ast::Stage& stage, int before) {
    auto found = context_.program.calls.find(stage.expr->id);
    if (found == context_.program.calls.end() || !found->second.callee.valid()) return 0;
    const CallableId id = found->second.callee;
    const Callable& callee = context_.program.callable(id);
    const std::string name(context_.text(callee.name));
    if (context_.effects[id.index] == 0) return 0;
    int asked = 1;
    if (is_llm(context_, callee)) {
      if (gives_tools(context_, callee, found->second))
        stands_in_the_way(stage.expr->span, "with tools it is asked again and again",
                          "leave out `tools`, or `batch`");
    } else if (callee.kind == CallableKind::Flow) {
      asked = flow(callee, id, stage.expr->span);
    } else {
      stands_in_the_way(stage.expr->span, "`" + name + "` has effects",
                        "put it before or behind the `each`");
    }
    if (asked > 0 && before > 0) asks_again(stage.expr->span, "asks once more");
    return asked;
  }

  /// What the flow does stands in the way where it is called. Each is walked once.
  int flow(const Callable& callee, CallableId id, Span place) {
    if (auto known = asked_.find(id.index); known != asked_.end()) return known->second;
    const auto& decl = ast::as<ast::FlowDecl>(*callee.decl);
    if (decl.body == nullptr || std::ranges::find(above_, id) != above_.end()) {
      asks_again(place, "may ask several times");
      return 0;
    }
    above_.push_back(id);
    const int asked = block(*decl.body);
    if (obstacle_) {
      obstacle_->place = place;
      obstacle_->why = "in `" + std::string(context_.text(callee.name)) + "`, " + obstacle_->why;
    }
    above_.pop_back();
    return asked_[id.index] = asked;
  }

  FlowContext& context_;
  std::vector<CallableId> above_;
  std::unordered_map<uint32_t, int> asked_;  ///< by the flows that were walked
  std::optional<Obstacle> obstacle_;
};

bool is_off(const ast::Expr& value) {
  return value.kind == ast::ExprKind::Bool && !ast::as<ast::BoolExpr>(value).value;
}

const ast::PolicyEntry* batch_policy(const FlowContext& context, const ast::Stage& each) {
  for (const ast::PolicyEntry& policy : each.policies)
    if (context.text(policy.name.symbol) == "batch" && !is_off(*policy.value)) return &policy;
  return nullptr;
}

void check_items(FlowContext& context, const ast::Stage& each, const ast::PolicyEntry& batch) {
  ItemWalk walk(context);
  const int asked = walk.block(*each.each->body);
  if (const std::optional<Obstacle>& obstacle = walk.obstacle()) {
    context.diagnostics.report(diag::batch_body, obstacle->place)
        .label(obstacle->why)
        .secondary(join(batch.name.span, batch.value->span), "the items wait for each other")
        .help(std::string(obstacle->help));
  } else if (asked == 0) {
    context.diagnostics.report(diag::batch_body, join(batch.name.span, batch.value->span))
        .label("no item asks one");
  }
}

}  // namespace

void check_batches(FlowContext& context) {
  for (const ast::Stage* stage : context.graph.stages()) {
    if (stage->kind != ast::StageKind::Each || context.info(*stage).over_stream) continue;
    if (const ast::PolicyEntry* batch = batch_policy(context, *stage))
      check_items(context, *stage, *batch);
  }
}

}  // namespace pflow::sema
