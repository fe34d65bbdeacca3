/// What only programs of tests have: cells, the number of a try, commands as text.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"

namespace pflow::codegen {
namespace {

llvm::GlobalVariable* cell(FunctionEmitter& f, const ir::Op& op) {
  const ir::Cell& source = f.module.source.cells[static_cast<size_t>(op.integer)];
  const std::string name = "cell." + std::to_string(op.integer);
  if (llvm::GlobalVariable* known = f.module.module.getNamedGlobal(name)) return known;
  llvm::Type* type = f.module.layout.of(source.type);
  auto* made =
      new llvm::GlobalVariable(f.module.module, type, false, llvm::GlobalValue::InternalLinkage,
                               llvm::Constant::getNullValue(type), name);
  if (!f.module.alone) share(*made, name);
  return made;
}

}  // namespace

void emit_CellLoad(FunctionEmitter& f, const ir::Op& op) {
  llvm::GlobalVariable* place = cell(f, op);
  llvm::Value* held = f.b.CreateLoad(place->getValueType(), place);
  f.module.ownership.retain(f.b, held, f.type(op.result));
  f.define(op, held);
}

void emit_CellStore(FunctionEmitter& f, const ir::Op& op) {
  llvm::GlobalVariable* place = cell(f, op);
  llvm::Value* before = f.b.CreateLoad(place->getValueType(), place);
  f.b.CreateStore(f.operand(op, 0), place);
  f.module.ownership.release(f.b, before, f.operand_type(op, 0));
}

void emit_Attempt(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.call(Runtime::pf_attempt, {f.frame()}));
}

void emit_TemplateText(FunctionEmitter& f, const ir::Op& op) {
  llvm::AllocaInst* out = f.scratch(f.module.layout.of(f.type(op.result)));
  f.call(Runtime::pf_template_text,
         {out, f.spill(f.operand(op, 0)), f.module.descriptors.of(f.operand_type(op, 0))});
  f.define(op, f.b.CreateLoad(out->getAllocatedType(), out));
}

}  // namespace pflow::codegen
