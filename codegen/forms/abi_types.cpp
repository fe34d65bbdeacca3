#include "codegen/forms/abi_types.h"

namespace pflow::codegen {

AbiTypes::AbiTypes(llvm::LLVMContext& context)
    : ptr(llvm::PointerType::get(context, 0)),
      i1(llvm::Type::getInt1Ty(context)),
      i8(llvm::Type::getInt8Ty(context)),
      i32(llvm::Type::getInt32Ty(context)),
      i64(llvm::Type::getInt64Ty(context)),
      f64(llvm::Type::getDoubleTy(context)) {
  auto named = [&](const char* name, const std::vector<llvm::Type*>& fields) {
    return llvm::StructType::create(context, fields, name);
  };
  // Values are unnamed, so that a cast between types of one form is no cast.
  str = llvm::StructType::get(context, {ptr, i64, ptr});
  cmd = llvm::StructType::get(context, {str, ptr});
  // What a number or a boolean holds travels in the bits of the text.
  json = llvm::StructType::get(context, {i64, str});
  sum = llvm::StructType::get(context, {i64, ptr});
  list_head = named("pf_list_head", {i64, i64, i64, ptr});
  stream = named("pf_stream", {ptr, ptr, i64});
  piece = named("pf_piece", {str, ptr, i1, i1, i1, i8});
  type = named("pf_type", {i32, i32, i32, i32, ptr, ptr, i32, ptr, ptr, ptr, ptr, ptr});
  field = named("pf_field", {ptr, ptr, ptr, i32, ptr, ptr});
  literal = named("pf_literal", {ptr, ptr});
  site = named("pf_site", {ptr, ptr, ptr, ptr, i32, i32, i32, i32, ptr});
  call = named("pf_call", {ptr, ptr, ptr, i32, ptr, ptr, ptr, ptr});
  node = named("pf_node", {ptr, ptr, ptr, i32, i32, ptr, ptr, ptr});
  frame_slot = named("pf_frame_slot", {ptr, i32, ptr});
  behaviour = named("pf_behaviour", {ptr, i32, i32, ptr});
  frame_info = named("pf_frame_info", {ptr, i32, i32, ptr, ptr, i32, i32, ptr, ptr, ptr});
  frame = named("pf_frame", {ptr, ptr, ptr, i32, i32, call});
  error_value = named("pf_error_value", {str, str, str, i64, json});
  std::vector<llvm::Type*> fields{i32, i1};
  for (const ir::PolicyInfo& info : ir::all_policies())
    if (info.at_run_time) fields.push_back(form(info.value));
  policy = named("pf_policy", fields);
  each_out = named("pf_each_out", {ptr, i64, ptr});
  branch = named("pf_branch", {ptr, i32, i32});
  pipe = named("pf_pipe", {ptr, ptr, ptr, i32, i32});
  param = named("pf_param", {ptr, ptr, ptr, ptr, ptr, i32, i32});
  preflight = named("pf_preflight", {ptr, ptr, i64});
  program = named("pf_program", {i32, ptr, ptr, ptr, i32, i32, i32, i32, ptr, ptr, ptr, ptr,
                                 ptr, ptr, i32, i32, ptr, ptr, ptr, i1,  ptr, i32, ptr});
  test = named("pf_test", {ptr, ptr});
  tool = named("pf_tool", {ptr, ptr, ptr, ptr});
  served = named("pf_served", {ptr, ptr, ptr, i32});
  foreign = named("pf_foreign", {ptr, ptr, i32, i32, ptr, ptr, ptr, ptr, ptr, ptr});
}

llvm::Type* AbiTypes::form(ir::PolicyValue value) const {
  using ir::PolicyValue;
  switch (value) {
    case PolicyValue::Count:
    case PolicyValue::Doubt:
    case PolicyValue::Number:
    case PolicyValue::Duration:
    case PolicyValue::Lifetime: return i64;
    case PolicyValue::Factor:
    case PolicyValue::Positive:
    case PolicyValue::Share: return f64;
    case PolicyValue::Switch: return i1;
    case PolicyValue::Kinds: return ptr;
    case PolicyValue::Reaction:
    case PolicyValue::Result:
    case PolicyValue::Bound: break;
  }
  return nullptr;
}

}  // namespace pflow::codegen
