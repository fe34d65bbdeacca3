/// LLVM forms of the structs of pflow/abi.h. Field numbers stand beside their
/// names in the C header's order.
#pragma once

#include "codegen/llvm_headers.h"

namespace pflow::codegen {

/// pf_call.
enum CallField : unsigned {
  kCallSite,
  kCallFrame,
  kCallAction,
  kCallStatus,
  kCallCancel,
  kCallState,
  kCallError
};
/// pf_frame.
enum FrameField : unsigned { kFrameInfo, kFrameParent, kFrameState, kFrameDepth, kFrameCall };
/// pf_list_head.
enum ListField : unsigned { kListCount, kListLength, kListCapacity, kListReserved };

struct AbiTypes {
  explicit AbiTypes(llvm::LLVMContext& context);

  llvm::PointerType* ptr;
  llvm::IntegerType* i1;
  llvm::IntegerType* i8;
  llvm::IntegerType* i32;
  llvm::IntegerType* i64;
  llvm::Type* f64;
  llvm::StructType* str;
  llvm::StructType* list_head;
  llvm::StructType* cmd;
  llvm::StructType* cmd_piece;
  llvm::StructType* type;
  llvm::StructType* field;
  llvm::StructType* literal;
  llvm::StructType* site;
  llvm::StructType* call;
  llvm::StructType* frame_slot;
  llvm::StructType* frame_info;
  llvm::StructType* frame;
  llvm::StructType* param;
  llvm::StructType* preflight;
  llvm::StructType* program;
};

}  // namespace pflow::codegen
