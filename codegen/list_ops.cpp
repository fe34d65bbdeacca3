/// Lists, and the ops on sequences of any kind.
#include "codegen/handlers.h"
#include "codegen/list_access.h"

namespace pflow::codegen {

llvm::Value* list_length(FunctionEmitter& f, llvm::Value* head) {
  llvm::BasicBlock* start = f.b.GetInsertBlock();
  llvm::BasicBlock* some = f.fresh_block("some");
  llvm::BasicBlock* done = f.fresh_block("counted");
  f.b.CreateCondBr(f.b.CreateIsNull(head), done, some);
  f.b.SetInsertPoint(some);
  llvm::Value* field = f.b.CreateStructGEP(f.module.types.list_head, head, kListLength);
  llvm::Value* held = f.b.CreateLoad(f.module.types.i64, field);
  f.b.CreateBr(done);
  f.b.SetInsertPoint(done);
  llvm::PHINode* length = f.b.CreatePHI(f.module.types.i64, 2);
  length->addIncoming(f.b.getInt64(0), start);
  length->addIncoming(held, some);
  return length;
}

llvm::Value* list_element(FunctionEmitter& f, llvm::Value* head, llvm::Value* index,
                          llvm::Type* element) {
  llvm::Value* elements = f.b.CreateConstInBoundsGEP1_32(f.module.types.list_head, head, 1);
  return f.b.CreateInBoundsGEP(element, elements, {index});
}

namespace {

bool is_list(FunctionEmitter& f, ir::TypeId type) {
  return f.module.layout.table().is(type, ir::TypeKind::List);
}

bool is_bytes(FunctionEmitter& f, ir::TypeId type) {
  return f.module.layout.table().is(type, ir::TypeKind::Bytes);
}

ir::TypeId element_of(FunctionEmitter& f, ir::TypeId list) {
  return f.module.layout.table().get(list).element;
}

llvm::Constant* element_descriptor(FunctionEmitter& f, ir::TypeId list) {
  return f.module.descriptors.of(element_of(f, list));
}

void raise_index_unless_below(FunctionEmitter& f, const ir::Op& op, llvm::Value* index,
                              llvm::Value* length) {
  f.fail_when(f.b.CreateICmpUGE(index, length),
              [&] { f.call(Runtime::pf_raise_index, {f.module.sites.of(op), index, length}); });
}

void index_list(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId element = element_of(f, f.operand_type(op, 0));
  llvm::Value* head = f.operand(op, 0);
  llvm::Value* index = f.operand(op, 1);
  raise_index_unless_below(f, op, index, list_length(f, head));
  llvm::Type* type = f.module.layout.of(element);
  llvm::Value* value = f.b.CreateLoad(type, list_element(f, head, index, type));
  f.module.ownership.retain(f.b, value, element);
  f.define(op, value);
}

void index_bytes(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* index = f.operand(op, 1);
  raise_index_unless_below(f, op, index, f.b.CreateExtractValue(f.operand(op, 0), 1));
  if (f.module.layout.of(f.type(op.result))->isIntegerTy()) {
    llvm::Value* data = f.b.CreateExtractValue(f.operand(op, 0), 0);
    llvm::Value* byte =
        f.b.CreateLoad(f.module.types.i8, f.b.CreateInBoundsGEP(f.module.types.i8, data, index));
    return f.define(op, f.b.CreateZExt(byte, f.module.types.i64));
  }
  llvm::Value* out = f.scratch(f.module.types.str);
  llvm::Value* end = f.b.CreateAdd(index, f.b.getInt64(1));
  f.call(Runtime::pf_bytes_slice, {out, f.spill(f.operand(op, 0)), index, end});
  f.define(op, f.b.CreateLoad(f.module.types.str, out));
}

}  // namespace

void emit_Len(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId type = f.operand_type(op, 0);
  llvm::Value* value = f.operand(op, 0);
  if (is_list(f, type)) return f.define(op, list_length(f, value));
  if (is_bytes(f, type)) return f.define(op, f.b.CreateExtractValue(value, 1));
  f.define(op, f.call(Runtime::pf_str_len, {f.spill(value)}));
}

void emit_Index(FunctionEmitter& f, const ir::Op& op) {
  if (is_list(f, f.operand_type(op, 0))) return index_list(f, op);
  if (is_bytes(f, f.operand_type(op, 0))) return index_bytes(f, op);
  llvm::Value* out = f.scratch(f.module.types.str);
  f.fail_when(f.call(Runtime::pf_str_index,
                     {out, f.spill(f.operand(op, 0)), f.operand(op, 1), f.module.sites.of(op)}));
  f.define(op, f.b.CreateLoad(f.module.types.str, out));
}

void emit_Slice(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId type = f.operand_type(op, 0);
  llvm::Value* from = f.operand(op, 1);
  llvm::Value* to = f.operand(op, 2);
  if (is_list(f, type))
    return f.define(op, f.call(Runtime::pf_list_slice,
                               {f.operand(op, 0), from, to, element_descriptor(f, type)}));
  Runtime slice = is_bytes(f, type) ? Runtime::pf_bytes_slice : Runtime::pf_str_slice;
  llvm::Value* out = f.scratch(f.module.types.str);
  f.call(slice, {out, f.spill(f.operand(op, 0)), from, to});
  f.define(op, f.b.CreateLoad(f.module.types.str, out));
}

void emit_Contains(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId type = f.operand_type(op, 0);
  if (is_list(f, type))
    return f.define(
        op, f.call(Runtime::pf_list_contains,
                   {f.operand(op, 0), f.spill(f.operand(op, 1)), element_descriptor(f, type)}));
  f.define(
      op, f.call(Runtime::pf_str_contains, {f.spill(f.operand(op, 0)), f.spill(f.operand(op, 1))}));
}

void emit_ListMake(FunctionEmitter& f, const ir::Op& op) {
  if (op.operands.empty()) return f.define(op, f.module.constants.null());
  ir::TypeId list = f.type(op.result);
  auto* type = llvm::ArrayType::get(f.module.layout.of(element_of(f, list)), op.operands.size());
  llvm::Value* elements = f.scratch(type);
  for (unsigned i = 0; i < op.operands.size(); ++i)
    f.b.CreateStore(f.operand(op, i), f.b.CreateConstInBoundsGEP2_32(type, elements, 0, i));
  f.define(op, f.call(Runtime::pf_list_make,
                      {elements, f.b.getInt64(op.operands.size()), element_descriptor(f, list)}));
}

void emit_ListPush(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.call(Runtime::pf_list_push, {f.operand(op, 0), f.spill(f.operand(op, 1)),
                                              element_descriptor(f, f.type(op.result))}));
}

void emit_ListConcat(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.call(Runtime::pf_list_concat, {f.operand(op, 0), f.operand(op, 1),
                                                element_descriptor(f, f.type(op.result))}));
}

void emit_ListSortBy(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.call(Runtime::pf_list_sort_by,
                      {f.operand(op, 0), f.operand(op, 1), element_descriptor(f, f.type(op.result)),
                       element_descriptor(f, f.operand_type(op, 1))}));
}

}  // namespace pflow::codegen
