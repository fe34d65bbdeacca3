/// LLVM forms of the structs of pflow/abi.h. Field numbers stand beside their
/// names in the C header's order.
#pragma once

#include "codegen/llvm_headers.h"
#include "ir/policies.h"

namespace pflow::codegen {

/// pf_call.
enum CallField : unsigned {
  kCallSite,
  kCallFrame,
  kCallAction,
  kCallStatus,
  kCallCancel,
  kCallState,
  kCallError,
  kCallStep
};
/// pf_frame.
enum FrameField : unsigned {
  kFrameInfo,
  kFrameParent,
  kFrameEnded,
  kFrameState,
  kFrameDepth,
  kFrameCall
};
/// pf_list_head.
enum ListField : unsigned { kListCount, kListLength, kListCapacity, kListIndex };
/// pf_stream.
enum StreamField : unsigned { kStreamOps, kStreamItem, kStreamShares };
/// pf_sum.
enum SumField : unsigned { kSumVariant, kSumBox };
/// pf_each_out.
enum EachField : unsigned { kEachResults, kEachSkipped, kEachErrors };
/// pf_policy.
enum PolicyField : unsigned {
  kPolicySet,
  kPolicySkips,
#define PFLOW_POLICY(Name, NAME, word, value, scope, flags, expects) kPolicy##Name,
#define PFLOW_LANGUAGE_POLICY(...)
#include "ir/policies.def"
};
constexpr unsigned policy_field(ir::Policy policy) {
  return kPolicySkips + 1 + static_cast<unsigned>(policy);
}

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
  llvm::StructType* stream;
  llvm::StructType* cmd;  ///< pf_sql has the same form
  llvm::StructType* json;
  llvm::StructType* sum;
  llvm::StructType* piece;
  llvm::StructType* type;
  llvm::StructType* field;
  llvm::StructType* literal;
  llvm::StructType* site;
  llvm::StructType* call;
  llvm::StructType* node;
  llvm::StructType* frame_slot;
  llvm::StructType* behaviour;
  llvm::StructType* frame_info;
  llvm::StructType* frame;
  llvm::StructType* error_value;
  llvm::StructType* policy;
  llvm::StructType* each_out;
  llvm::StructType* branch;
  llvm::StructType* pipe;
  llvm::StructType* param;
  llvm::StructType* preflight;
  llvm::StructType* program;
  llvm::StructType* test;
  llvm::StructType* tool;
  llvm::StructType* served;
  llvm::StructType* foreign;

 private:
  [[nodiscard]] llvm::Type* form(ir::PolicyValue value) const;
};

}  // namespace pflow::codegen
