#include "codegen/abi_types.h"

namespace pflow::codegen {

AbiTypes::AbiTypes(llvm::LLVMContext& context)
    : ptr(llvm::PointerType::get(context, 0)),
      i1(llvm::Type::getInt1Ty(context)),
      i8(llvm::Type::getInt8Ty(context)),
      i32(llvm::Type::getInt32Ty(context)),
      i64(llvm::Type::getInt64Ty(context)),
      f64(llvm::Type::getDoubleTy(context)) {
  auto named = [&](const char* name, std::vector<llvm::Type*> fields) {
    return llvm::StructType::create(context, fields, name);
  };
  // Values are unnamed, so that a cast between types of one form is no cast.
  str = llvm::StructType::get(context, {ptr, i64, ptr});
  cmd = llvm::StructType::get(context, {str, ptr});
  list_head = named("pf_list_head", {i64, i64, i64, i64});
  cmd_piece = named("pf_piece", {str, ptr, i1, i1});
  type = named("pf_type", {i32, i32, i32, i32, ptr, ptr, i32, ptr, ptr});
  field = named("pf_field", {ptr, ptr, ptr, i32});
  literal = named("pf_literal", {ptr, ptr});
  site = named("pf_site", {ptr, ptr, ptr, ptr, i32, i32, i32, i32, ptr});
  call = named("pf_call", {ptr, ptr, ptr, i32, ptr, ptr, ptr});
  frame_slot = named("pf_frame_slot", {ptr, i32});
  frame_info = named("pf_frame_info", {ptr, i32, i32, ptr, ptr});
  frame = named("pf_frame", {ptr, ptr, i32, i32, call});
  param = named("pf_param", {ptr, ptr, ptr, ptr, ptr, i32, i32});
  preflight = named("pf_preflight", {ptr, ptr, i64});
  program = named("pf_program",
                  {i32, ptr, ptr, ptr, i32, i32, i32, i32, ptr, ptr, ptr, ptr, ptr, ptr, i32});
}

}  // namespace pflow::codegen
