/// Text: templates, appending, conversion, commands.
#include "codegen/handlers.h"

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
  f.call(Runtime::pf_str_append, {out, f.spill(f.operand(op, 0)), f.spill(f.operand(op, 1))});
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

void emit_CmdMake(FunctionEmitter& f, const ir::Op& op) {
  const AbiTypes& types = f.module.types;
  Constants& constants = f.module.constants;
  std::vector<llvm::Constant*> pieces;
  for (size_t i = 0; i < op.pieces.size(); ++i) {
    const ir::TemplatePiece& piece = op.pieces[i];
    llvm::Constant* hole =
        i < op.operands.size() ? f.module.descriptors.of(f.operand_type(op, i)) : constants.null();
    pieces.push_back(llvm::ConstantStruct::get(
        types.cmd_piece, {constants.str(piece.text), hole, constants.i1(piece.begins_word),
                          constants.i1(piece.after_dashes)}));
  }
  auto* pointers = llvm::ArrayType::get(types.ptr, op.operands.size());
  llvm::Value* holes = f.scratch(pointers);
  for (unsigned i = 0; i < op.operands.size(); ++i)
    f.b.CreateStore(f.spill(f.operand(op, i)),
                    f.b.CreateConstInBoundsGEP2_32(pointers, holes, 0, i));
  llvm::Value* out = f.scratch(types.cmd);
  f.fail_when(
      f.call(Runtime::pf_cmd_make, {out, constants.array(types.cmd_piece, pieces), holes,
                                    f.b.getInt64(op.operands.size()), f.module.sites.of(op)}));
  f.define(op, f.b.CreateLoad(types.cmd, out));
}

}  // namespace pflow::codegen
