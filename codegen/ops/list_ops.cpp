/// Lists, and the ops on sequences of any kind.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"
#include "codegen/ops/list_access.h"

namespace pflow::codegen {

llvm::Value* list_length(FunctionEmitter& f, llvm::Value* head) {
  llvm::BasicBlock* start = f.b.GetInsertBlock();
  llvm::BasicBlock* some = f.fresh_block("some");
  llvm::BasicBlock* done = f.fresh_block("counted");
  f.b.CreateCondBr(f.b.CreateIsNull(head), done, some);
  f.b.SetInsertPoint(some);
  llvm::Value* field = f.b.CreateStructGEP(f.module.types.list_head, head, kListLength);
  llvm::LoadInst* held = f.b.CreateLoad(f.module.types.i64, field);
  // Lets the optimiser see that an index below it is below it without a sign, too.
  held->setMetadata(llvm::LLVMContext::MD_range,
                    llvm::MDBuilder(f.b.getContext())
                        .createRange(f.module.constants.i64(0), f.module.constants.i64(INT64_MAX)));
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

bool is_map(FunctionEmitter& f, ir::TypeId type) {
  return f.module.layout.table().is(type, ir::TypeKind::Map);
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
  if (is_list(f, type) || is_map(f, type)) return f.define(op, list_length(f, value));
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
  if (is_map(f, type)) {
    llvm::Value* place = f.call(Runtime::pf_map_find, {f.operand(op, 0), f.spill(f.operand(op, 1)),
                                                       f.module.descriptors.of(type)});
    return f.define(op, f.b.CreateIsNotNull(place));
  }
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

namespace {

/// Whether an element can go behind the others: the list is there, of one owner, no
/// map, and has room. Branches to `slow` where it cannot.
void branch_unless_room(FunctionEmitter& f, llvm::Value* head, llvm::Value* length,
                        llvm::BasicBlock* slow) {
  auto field = [&](ListField number, llvm::Type* type) {
    return f.b.CreateLoad(type, f.b.CreateStructGEP(f.module.types.list_head, head, number));
  };
  llvm::Type* i64 = f.module.types.i64;
  llvm::Value* alone = f.b.CreateICmpEQ(field(kListCount, i64), f.b.getInt64(1));
  llvm::Value* room = f.b.CreateICmpULT(length, field(kListCapacity, i64));
  llvm::Value* plain = f.b.CreateIsNull(field(kListIndex, f.module.types.ptr));
  llvm::BasicBlock* fast = f.fresh_block("append");
  f.b.CreateCondBr(f.b.CreateAnd(f.b.CreateAnd(alone, room), plain), fast, slow);
  f.b.SetInsertPoint(fast);
}

llvm::Value* push_by_runtime(FunctionEmitter& f, const ir::Op& op) {
  return f.call(Runtime::pf_list_push, {f.operand(op, 0), f.spill(f.operand(op, 1)),
                                        element_descriptor(f, f.type(op.result))});
}

}  // namespace

/// In place when there is room, else in the runtime, which makes some. It is there, too, that
/// a text lets go of a large buffer.
void emit_ListPush(FunctionEmitter& f, const ir::Op& op) {
  if (element_of(f, f.type(op.result)) == f.module.layout.table().str)
    return f.define(op, push_by_runtime(f, op));
  llvm::Value* head = f.operand(op, 0);
  llvm::Value* element = f.operand(op, 1);
  llvm::BasicBlock* some = f.fresh_block("some");
  llvm::BasicBlock* slow = f.fresh_block("grow");
  llvm::BasicBlock* done = f.fresh_block("pushed");
  f.b.CreateCondBr(f.b.CreateIsNull(head), slow, some);

  f.b.SetInsertPoint(some);
  llvm::Value* field = f.b.CreateStructGEP(f.module.types.list_head, head, kListLength);
  llvm::Value* length = f.b.CreateLoad(f.module.types.i64, field);
  branch_unless_room(f, head, length, slow);
  llvm::BasicBlock* fast = f.b.GetInsertBlock();
  f.b.CreateStore(element, list_element(f, head, length, element->getType()));
  f.b.CreateStore(f.b.CreateNUWAdd(length, f.b.getInt64(1)), field);
  f.b.CreateBr(done);

  f.b.SetInsertPoint(slow);
  llvm::Value* grown = push_by_runtime(f, op);
  f.b.CreateBr(done);

  f.b.SetInsertPoint(done);
  llvm::PHINode* made = f.b.CreatePHI(f.module.types.ptr, 2);
  made->addIncoming(head, fast);
  made->addIncoming(grown, slow);
  f.define(op, made);
}

void emit_ListConcat(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.call(Runtime::pf_list_concat, {f.operand(op, 0), f.operand(op, 1),
                                                element_descriptor(f, f.type(op.result))}));
}

void emit_ListTop(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.call(Runtime::pf_list_top, {f.operand(op, 0), f.operand(op, 1), f.operand(op, 2),
                                             element_descriptor(f, f.type(op.result)),
                                             element_descriptor(f, f.operand_type(op, 1))}));
}

void emit_ListSortBy(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.call(Runtime::pf_list_sort_by,
                      {f.operand(op, 0), f.operand(op, 1), element_descriptor(f, f.type(op.result)),
                       element_descriptor(f, f.operand_type(op, 1))}));
}

}  // namespace pflow::codegen
