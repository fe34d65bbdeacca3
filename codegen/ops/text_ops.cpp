/// Text: templates, appending, conversion.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"

namespace pflow::codegen {
namespace {

llvm::Value* load_str(FunctionEmitter& f, llvm::Value* from) {
  return f.b.CreateLoad(f.module.types.str, from);
}

/// The operands, one after the other, in scratch.
llvm::Value* operand_array(FunctionEmitter& f, const ir::Op& op) {
  auto* type = llvm::ArrayType::get(f.module.types.str, op.operands.size());
  llvm::Value* array = f.scratch(type);
  for (unsigned i = 0; i < op.operands.size(); ++i)
    f.b.CreateStore(f.operand(op, i), f.b.CreateConstInBoundsGEP2_32(type, array, 0, i));
  return array;
}

}  // namespace

void emit_Template(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* out = f.scratch(f.module.types.str);
  f.call(Runtime::pf_template, {out, operand_array(f, op), f.b.getInt64(op.operands.size())});
  f.define(op, load_str(f, out));
}

void emit_TextAppend(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* out = f.scratch(f.module.types.str);
  f.b.CreateStore(f.operand(op, 0), out);
  for (unsigned i = 1; i < op.operands.size(); ++i)
    f.call(Runtime::pf_str_append, {out, out, f.spill(f.operand(op, i))});
  f.define(op, load_str(f, out));
}

void emit_ToText(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId type = f.operand_type(op, 0);
  llvm::Value* value = f.operand(op, 0);
  if (f.module.layout.table().is_text_like(type)) {
    f.module.ownership.retain(f.b, value, type);
    return f.define(op, value);
  }
  if (value->getType() == f.module.types.i1)
    return f.define(op, f.b.CreateSelect(value, f.module.constants.str("true"),
                                         f.module.constants.str("false")));
  llvm::Value* out = f.scratch(f.module.types.str);
  f.call(Runtime::pf_to_text, {out, f.spill(value), f.module.descriptors.of(type)});
  f.define(op, load_str(f, out));
}

void emit_PathPart(FunctionEmitter& f, const ir::Op& op) {
  f.fail_when(f.call(Runtime::pf_path_part, {f.spill(f.operand(op, 0)), f.module.sites.of(op)}));
}

}  // namespace pflow::codegen
