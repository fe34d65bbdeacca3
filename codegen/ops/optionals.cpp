#include "codegen/ops/optionals.h"

#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"
#include "codegen/ops/list_access.h"

namespace pflow::codegen {

llvm::Value* make_box(FunctionEmitter& f, ir::TypeId element, llvm::Value* value) {
  return f.call(Runtime::pf_list_make,
                {f.spill(value), f.b.getInt64(1), f.module.descriptors.of(element)});
}

llvm::Value* load_box(FunctionEmitter& f, ir::TypeId element, llvm::Value* box) {
  llvm::Type* type = f.module.layout.of(element);
  return f.b.CreateLoad(type, list_element(f, box, f.b.getInt64(0), type));
}

llvm::Value* make_optional(FunctionEmitter& f, ir::TypeId type, llvm::Value* value) {
  if (f.module.layout.boxed(type))
    return make_box(f, f.module.layout.table().get(type).element, value);
  llvm::Value* made = llvm::PoisonValue::get(f.module.layout.of(type));
  made = f.b.CreateInsertValue(made, value, 0);
  return f.b.CreateInsertValue(made, f.b.getTrue(), 1);
}

void emit_OptNone(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, llvm::Constant::getNullValue(f.module.layout.of(f.type(op.result))));
}

void emit_OptSome(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, make_optional(f, f.type(op.result), f.operand(op, 0)));
}

void emit_OptHas(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* optional = f.operand(op, 0);
  if (f.module.layout.boxed(f.operand_type(op, 0)))
    return f.define(op, f.b.CreateIsNotNull(optional));
  f.define(op, f.b.CreateExtractValue(optional, 1));
}

void emit_OptGet(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId element = f.type(op.result);
  llvm::Value* optional = f.operand(op, 0);
  llvm::Value* value = f.module.layout.boxed(f.operand_type(op, 0))
                           ? load_box(f, element, optional)
                           : f.b.CreateExtractValue(optional, 0);
  f.module.ownership.retain(f.b, value, element);
  f.define(op, value);
}

}  // namespace pflow::codegen
