#include "frontend/lower/module/wrap_node.h"

#include "ir/builder.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::ValueId;
using sema::CallableKind;

bool invokes(const sema::Callable& callable) {
  return callable.kind == CallableKind::Flow ||
         (callable.kind == CallableKind::Extern && !callable.attributes.pure);
}

namespace {

class NodeWrapper {
 public:
  NodeWrapper(ModuleContext& module, const std::string& name, const sema::CallInfo& call, Span span)
      : module_(module),
        call_(call),
        callable_(module.program().callable(call.callee)),
        acts_(!callable_.attributes.actions.empty()),
        builder_(module.types(), ir::FunctionKind::Flow, module.fresh_name(name), span) {}

  ir::FunctionId run(ir::SiteId site) {
    ports();
    outputs();
    const BlockId done = builder_.block("done");
    if (const Watch* watch = module_.watched().find(call_.callee)) give_way(*watch, site, done);
    std::vector<ValueId> values = arguments();
    std::vector<ir::Edge> edges;
    for (std::string_view action : callable_.attributes.actions)
      edges.push_back({std::string(action), builder_.block(action)});
    ir::Op& op =
        builder_.add(invokes(callable_) ? Opcode::Invoke : Opcode::Call, std::move(values));
    op.callee = module_.callee(call_);
    op.slots = outputs_;
    op.site = site;
    op.target = done;
    op.edges = edges;
    if (!op.is_terminator()) builder_.jump(done);
    for (const ir::Edge& edge : edges) end(edge.target, edge.label);
    end(done, "default");
    return module_.add(builder_.take());
  }

 private:
  void ports() {
    for (size_t i = 0; i < callable_.ports.size(); ++i)
      if (!callable_.ports[i].is_type)
        params_.push_back(
            builder_.param(module_.text(callable_.ports[i].name), module_.port_type(call_, i)));
    builder_.enter(builder_.block("entry"));
  }

  std::vector<ValueId> arguments() {
    std::vector<ValueId> values;
    for (SlotId param : params_) values.push_back(builder_.load(param));
    return values;
  }

  // ---- in programs of tests

  ValueId load_cell(int64_t cell) {
    ir::Op& op = builder_.add(Opcode::CellLoad, {}, module_.types().int_);
    op.integer = cell;
    return op.result;
  }

  void count(const Watch& watch) {
    const ValueId more = builder_.make(
        Opcode::Add, {load_cell(watch.count_cell), builder_.const_int(1)}, module_.types().int_);
    builder_.add(Opcode::CellStore, {more}).integer = watch.count_cell;
  }

  /// Runs the stub that is in force, if any; else goes on.
  void give_way(const Watch& watch, ir::SiteId site, BlockId done) {
    count(watch);
    if (watch.stubs.empty()) return;
    const SlotId attempt = builder_.slot("attempt", module_.types().int_);
    builder_.store(attempt, watch.takes_attempt && has_frame()
                                ? builder_.make(Opcode::Attempt, {}, module_.types().int_)
                                : builder_.const_int(1));
    const BlockId failed = builder_.block("stub_failed");
    builder_.set_unwind(failed);
    const BlockId stubbed = builder_.block("stubbed");
    builder_.set_unwind({});
    const BlockId itself = builder_.block("itself");
    const ValueId none = builder_.const_int(0);
    builder_.branch(
        builder_.make(Opcode::Eq, {load_cell(watch.stub_cell), none}, module_.types().bool_),
        itself, stubbed);
    builder_.enter(stubbed);
    run_stub(builder_.load(attempt), site, done);
    builder_.enter(failed);
    const ValueId error = builder_.make(Opcode::ErrorTake, {}, module_.types().error_record);
    builder_.add(Opcode::ErrorAgain, {error}).site = site;
    builder_.enter(itself);
  }

  /// What may stand in expressions has none (sema/calls/callee.h).
  [[nodiscard]] bool has_frame() const {
    constexpr auto kEnv = static_cast<uint16_t>(ast::Effect::Env);
    return callable_.kind == CallableKind::Flow || callable_.attributes.async ||
           (callable_.attributes.effects | kEnv) != kEnv;
  }

  void run_stub(ValueId attempt, ir::SiteId site, BlockId done) {
    std::vector<ValueId> values = arguments();
    values.push_back(attempt);
    const ir::FunctionId stubs = module_.stub_flow(call_);
    ir::Op& op = builder_.add(Opcode::Invoke, std::move(values));
    op.callee = {stubs, {}};
    op.slots = outputs_;
    op.site = site;
    op.target = done;
  }

  void outputs() {
    for (size_t i = 0; i < callable_.outputs.size(); ++i) {
      const Symbol name = callable_.outputs[i].name;
      const ir::TypeId type = module_.output_type(call_, i);
      outputs_.push_back(builder_.slot(name.valid() ? module_.text(name) : "value", type));
      builder_.function().results.push_back(type);
      builder_.function().result_names.emplace_back(name.valid() ? module_.text(name) : "");
    }
    if (!acts_) return;
    builder_.function().results.push_back(module_.types().str);
    builder_.function().result_names.emplace_back("action");
  }

  void end(BlockId block, std::string_view action) {
    builder_.enter(block);
    std::vector<ValueId> results;
    for (SlotId output : outputs_) results.push_back(builder_.load(output));
    if (acts_) results.push_back(builder_.const_text(action, module_.types().str));
    builder_.add(Opcode::Return, std::move(results));
  }

  ModuleContext& module_;
  const sema::CallInfo& call_;
  const sema::Callable& callable_;
  const bool acts_;
  ir::Builder builder_;
  std::vector<SlotId> params_;
  std::vector<SlotId> outputs_;
};

}  // namespace

ir::FunctionId wrap_node(ModuleContext& module, const std::string& name, const sema::CallInfo& call,
                         ir::SiteId site, Span span) {
  return NodeWrapper(module, name, call, span).run(site);
}

ir::Callee callee_at(ModuleContext& module, const sema::CallInfo& call, ir::SiteId site,
                     Span span) {
  if (module.watched().find(call.callee) == nullptr) return module.callee(call);
  const std::string name(module.text(module.program().callable(call.callee).name));
  return {wrap_node(module, "call." + name, call, site, span), {}};
}

}  // namespace pflow::lowering
