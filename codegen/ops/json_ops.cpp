/// JSON values: navigation and conversion, in the runtime.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"

namespace pflow::codegen {
namespace {

llvm::AllocaInst* room(FunctionEmitter& f, const ir::Op& op) {
  return f.scratch(f.module.layout.of(f.type(op.result)));
}

void define_from(FunctionEmitter& f, const ir::Op& op, llvm::AllocaInst* out) {
  f.define(op, f.b.CreateLoad(out->getAllocatedType(), out));
}

}  // namespace

void emit_JsonField(FunctionEmitter& f, const ir::Op& op) {
  llvm::AllocaInst* out = room(f, op);
  f.call(Runtime::pf_json_field, {out, f.spill(f.operand(op, 0)), f.spill(f.operand(op, 1))});
  define_from(f, op, out);
}

void emit_JsonItem(FunctionEmitter& f, const ir::Op& op) {
  llvm::AllocaInst* out = room(f, op);
  f.call(Runtime::pf_json_item, {out, f.spill(f.operand(op, 0)), f.operand(op, 1)});
  define_from(f, op, out);
}

void emit_JsonFrom(FunctionEmitter& f, const ir::Op& op) {
  llvm::AllocaInst* out = room(f, op);
  f.call(Runtime::pf_json_from,
         {out, f.spill(f.operand(op, 0)), f.module.descriptors.of(f.operand_type(op, 0))});
  define_from(f, op, out);
}

void emit_JsonAs(FunctionEmitter& f, const ir::Op& op) {
  llvm::AllocaInst* out = room(f, op);
  f.b.CreateStore(llvm::Constant::getNullValue(out->getAllocatedType()), out);
  f.fail_when(f.call(Runtime::pf_json_as,
                     {out, f.spill(f.operand(op, 0)), f.module.descriptors.of(f.type(op.result)),
                      f.module.sites.of(op)}));
  define_from(f, op, out);
}

}  // namespace pflow::codegen
