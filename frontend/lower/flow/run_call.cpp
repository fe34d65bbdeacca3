#include "frontend/lower/flow/run_call.h"

#include "frontend/lower/expr/expr_lowering.h"
#include "frontend/lower/flow/call_and_go_on.h"
#include "ir/builder.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::ValueId;

namespace {

class Runner {
 public:
  Runner(ModuleContext& module, const sema::Callable& runner)
      : module_(module),
        runner_(runner),
        sum_(runner.ports[0].type),
        builder_(module.types(), ir::FunctionKind::Flow, module.fresh_name("run"),
                 runner.decl->span),
        expressions_(module, builder_, builder_.function().name, kExprRules) {}

  ir::Function run() {
    const SlotId step = builder_.param("step", sum_);
    if (runner_.out_port >= 0) {
      builder_.function().results = {runner_.outputs[0].type};
      builder_.function().result_names = {""};
    }
    builder_.enter(builder_.block("entry"));
    for (size_t i = 0; i + 1 < runner_.runs.size(); ++i) {
      const BlockId here = builder_.block("fits");
      const BlockId next = builder_.block("case");
      const ValueId number =
          builder_.make(Opcode::SumVariant, {builder_.load(step)}, module_.types().int_);
      const ValueId wanted = builder_.const_int(static_cast<int64_t>(i));
      builder_.branch(builder_.make(Opcode::Eq, {number, wanted}, module_.types().bool_), here,
                      next);
      builder_.enter(here);
      run_variant(step, i);
      builder_.enter(next);
    }
    run_variant(step, runner_.runs.size() - 1);
    return builder_.take();
  }

 private:
  void run_variant(SlotId step, size_t variant) {
    sema::CallInfo call;
    call.callee = runner_.runs[variant];
    const sema::Callable& callee = module_.program().callable(call.callee);
    std::vector<ValueId> arguments = fields(step, variant, callee);
    std::vector<SlotId> outputs(callee.outputs.size());
    if (runner_.out_port >= 0)
      outputs[static_cast<size_t>(callee.out_port)] =
          builder_.slot("value", callee.outputs[static_cast<size_t>(callee.out_port)].type);
    call_and_go_on(module_, builder_, call, std::move(arguments), outputs, runner_.decl->span);
    std::vector<ValueId> results;
    if (runner_.out_port >= 0)
      results.push_back(expressions_.convert(
          builder_.load(outputs[static_cast<size_t>(callee.out_port)]), runner_.outputs[0].type));
    builder_.add(Opcode::Return, std::move(results));
  }

  /// The ports of the call that the value is, each in a slot while it runs.
  std::vector<ValueId> fields(SlotId step, size_t variant, const sema::Callable& callee) {
    const TypeId record = module_.types().get(sum_).variants[variant];
    ir::Op& get = builder_.add(Opcode::SumGet, {builder_.load(step)}, record);
    get.integer = static_cast<int64_t>(variant);
    const ValueId held = get.result;
    std::vector<SlotId> slots;
    for (size_t i = 0; i < callee.ports.size(); ++i) {
      ir::Op& field = builder_.add(Opcode::RecordGet, {held}, callee.ports[i].type);
      field.integer = static_cast<int64_t>(i);
      const ValueId value = field.result;
      slots.push_back(builder_.slot(module_.text(callee.ports[i].name), callee.ports[i].type));
      builder_.store(slots.back(), value);
    }
    std::vector<ValueId> values;
    for (SlotId slot : slots) values.push_back(builder_.load(slot));
    return values;
  }

  ModuleContext& module_;
  const sema::Callable& runner_;
  const TypeId sum_;
  ir::Builder builder_;
  ExprContext expressions_;
};

}  // namespace

ir::Function lower_run(ModuleContext& module, sema::CallableId runner) {
  return Runner(module, module.program().callable(runner)).run();
}

}  // namespace pflow::lowering
