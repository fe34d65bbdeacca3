/// Maps: lists of entries, found by key in the runtime.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"
#include "codegen/ops/optionals.h"

namespace pflow::codegen {
namespace {

llvm::Constant* descriptor(FunctionEmitter& f, ir::TypeId map) {
  return f.module.descriptors.of(map);
}

llvm::Value* set(FunctionEmitter& f, ir::TypeId type, llvm::Value* map, llvm::Value* key,
                 llvm::Value* value) {
  return f.call(Runtime::pf_map_set, {map, f.spill(key), f.spill(value), descriptor(f, type)});
}

/// A pointer to the value of the key, or null.
llvm::Value* find(FunctionEmitter& f, const ir::Op& op) {
  return f.call(Runtime::pf_map_find, {f.operand(op, 0), f.spill(f.operand(op, 1)),
                                       descriptor(f, f.operand_type(op, 0))});
}

/// The value at `place`, as a value of its own.
llvm::Value* load_value(FunctionEmitter& f, ir::TypeId type, llvm::Value* place) {
  llvm::Value* value = f.b.CreateLoad(f.module.layout.of(type), place);
  f.module.ownership.retain(f.b, value, type);
  return value;
}

}  // namespace

void emit_MapMake(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* map = f.module.constants.null();
  for (size_t i = 0; i + 1 < op.operands.size(); i += 2)
    map = set(f, f.type(op.result), map, f.operand(op, i), f.operand(op, i + 1));
  f.define(op, map);
}

void emit_MapSet(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, set(f, f.type(op.result), f.operand(op, 0), f.operand(op, 1), f.operand(op, 2)));
}

void emit_MapGet(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId result = f.type(op.result);
  ir::TypeId held = f.module.layout.table().get(f.operand_type(op, 0)).element;
  llvm::Value* place = find(f, op);
  llvm::BasicBlock* start = f.b.GetInsertBlock();
  llvm::BasicBlock* found = f.fresh_block("found");
  llvm::BasicBlock* done = f.fresh_block("looked_up");
  f.b.CreateCondBr(f.b.CreateIsNull(place), done, found);
  f.b.SetInsertPoint(found);
  llvm::Value* value = load_value(f, held, place);
  // An optional of an optional is the optional itself.
  if (held != result) value = make_optional(f, result, value);
  llvm::BasicBlock* end = f.b.GetInsertBlock();
  f.b.CreateBr(done);
  f.b.SetInsertPoint(done);
  llvm::PHINode* made = f.b.CreatePHI(value->getType(), 2);
  made->addIncoming(llvm::Constant::getNullValue(value->getType()), start);
  made->addIncoming(value, end);
  f.define(op, made);
}

void emit_MapIndex(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* place = find(f, op);
  f.fail_when(f.b.CreateIsNull(place), [&] {
    f.call(Runtime::pf_raise_missing_key,
           {f.module.sites.of(op), f.operand(op, 0), f.spill(f.operand(op, 1)),
            descriptor(f, f.operand_type(op, 0))});
  });
  f.define(op, load_value(f, f.type(op.result), place));
}

}  // namespace pflow::codegen
