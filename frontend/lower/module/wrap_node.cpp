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
    std::vector<ValueId> values = ports();
    outputs();
    const BlockId done = builder_.block("done");
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
  std::vector<ValueId> ports() {
    std::vector<SlotId> params;
    for (size_t i = 0; i < callable_.ports.size(); ++i)
      if (!callable_.ports[i].is_type)
        params.push_back(
            builder_.param(module_.text(callable_.ports[i].name), module_.port_type(call_, i)));
    builder_.enter(builder_.block("entry"));
    std::vector<ValueId> values;
    for (SlotId param : params) values.push_back(builder_.load(param));
    return values;
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
  std::vector<SlotId> outputs_;
};

}  // namespace

ir::FunctionId wrap_node(ModuleContext& module, const std::string& name, const sema::CallInfo& call,
                         ir::SiteId site, Span span) {
  return NodeWrapper(module, name, call, span).run(site);
}

}  // namespace pflow::lowering
