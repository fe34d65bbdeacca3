/// Arithmetic. Integers and durations are checked; a failure is raised on a cold
/// path. Floats follow IEEE 754.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"

namespace pflow::codegen {
namespace {

bool is_float(FunctionEmitter& f, const ir::Op& op) {
  return f.module.layout.table().is(f.type(op.result), ir::TypeKind::Float);
}

/// An operand of a float op, which may be an integer.
llvm::Value* as_float(FunctionEmitter& f, llvm::Value* value) {
  return value->getType()->isDoubleTy() ? value : f.b.CreateSIToFP(value, f.module.types.f64);
}

llvm::Value* float_operand(FunctionEmitter& f, const ir::Op& op, size_t i) {
  return as_float(f, f.operand(op, i));
}

void raise_overflow_when(FunctionEmitter& f, const ir::Op& op, llvm::Value* condition) {
  f.fail_when(condition, [&] { f.call(Runtime::pf_raise_overflow, {f.module.sites.of(op)}); });
}

/// An integer op by the intrinsic that also tells of overflow.
void checked(FunctionEmitter& f, const ir::Op& op, llvm::Intrinsic::ID intrinsic, llvm::Value* left,
             llvm::Value* right) {
  llvm::Value* both = f.b.CreateBinaryIntrinsic(intrinsic, left, right);
  raise_overflow_when(f, op, f.b.CreateExtractValue(both, 1));
  f.define(op, f.b.CreateExtractValue(both, 0));
}

/// Division and remainder fail on zero and on the one quotient that does not fit.
void check_division(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* left = f.operand(op, 0);
  llvm::Value* right = f.operand(op, 1);
  f.fail_when(f.b.CreateICmpEQ(right, f.b.getInt64(0)),
              [&] { f.call(Runtime::pf_raise_division, {f.module.sites.of(op)}); });
  llvm::Value* lowest = f.b.CreateICmpEQ(left, f.module.constants.i64(INT64_MIN));
  llvm::Value* minus_one = f.b.CreateICmpEQ(right, f.module.constants.i64(-1));
  raise_overflow_when(f, op, f.b.CreateAnd(lowest, minus_one));
}

}  // namespace

void emit_Add(FunctionEmitter& f, const ir::Op& op) {
  if (is_float(f, op))
    return f.define(op, f.b.CreateFAdd(float_operand(f, op, 0), float_operand(f, op, 1)));
  checked(f, op, llvm::Intrinsic::sadd_with_overflow, f.operand(op, 0), f.operand(op, 1));
}

void emit_Sub(FunctionEmitter& f, const ir::Op& op) {
  if (is_float(f, op))
    return f.define(op, f.b.CreateFSub(float_operand(f, op, 0), float_operand(f, op, 1)));
  checked(f, op, llvm::Intrinsic::ssub_with_overflow, f.operand(op, 0), f.operand(op, 1));
}

void emit_Mul(FunctionEmitter& f, const ir::Op& op) {
  if (is_float(f, op))
    return f.define(op, f.b.CreateFMul(float_operand(f, op, 0), float_operand(f, op, 1)));
  checked(f, op, llvm::Intrinsic::smul_with_overflow, f.operand(op, 0), f.operand(op, 1));
}

void emit_Div(FunctionEmitter& f, const ir::Op& op) {
  if (is_float(f, op))
    return f.define(op, f.b.CreateFDiv(float_operand(f, op, 0), float_operand(f, op, 1)));
  check_division(f, op);
  f.define(op, f.b.CreateSDiv(f.operand(op, 0), f.operand(op, 1)));
}

void emit_Rem(FunctionEmitter& f, const ir::Op& op) {
  if (is_float(f, op))
    return f.define(op, f.b.CreateFRem(float_operand(f, op, 0), float_operand(f, op, 1)));
  check_division(f, op);
  f.define(op, f.b.CreateSRem(f.operand(op, 0), f.operand(op, 1)));
}

void emit_Neg(FunctionEmitter& f, const ir::Op& op) {
  if (is_float(f, op)) return f.define(op, f.b.CreateFNeg(float_operand(f, op, 0)));
  checked(f, op, llvm::Intrinsic::ssub_with_overflow, f.b.getInt64(0), f.operand(op, 0));
}

void emit_Abs(FunctionEmitter& f, const ir::Op& op) {
  if (is_float(f, op))
    return f.define(op, f.b.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, float_operand(f, op, 0)));
  llvm::Value* value = f.operand(op, 0);
  raise_overflow_when(f, op, f.b.CreateICmpEQ(value, f.module.constants.i64(INT64_MIN)));
  f.define(op, f.b.CreateBinaryIntrinsic(llvm::Intrinsic::abs, value, f.b.getTrue()));
}

void emit_IntToFloat(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, float_operand(f, op, 0));
}

void emit_FloatToInt(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* out = f.scratch(f.module.types.i64);
  f.fail_when(f.call(Runtime::pf_float_to_int, {out, f.operand(op, 0), f.module.sites.of(op)}));
  f.define(op, f.b.CreateLoad(f.module.types.i64, out));
}

void emit_ParseInt(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* out = f.scratch(f.module.types.i64);
  llvm::Value* text = f.spill(f.operand(op, 0));
  f.fail_when(f.call(Runtime::pf_parse_int, {out, text, f.module.sites.of(op)}));
  f.define(op, f.b.CreateLoad(f.module.types.i64, out));
}

void emit_ParseFloat(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* out = f.scratch(f.module.types.f64);
  llvm::Value* text = f.spill(f.operand(op, 0));
  f.fail_when(f.call(Runtime::pf_parse_float, {out, text, f.module.sites.of(op)}));
  f.define(op, f.b.CreateLoad(f.module.types.f64, out));
}

}  // namespace pflow::codegen
