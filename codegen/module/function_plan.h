/// What is decided about a function before its body is emitted: how it is called
/// and where its slots live.
#pragma once

#include <vector>

#include "codegen/llvm_headers.h"
#include "ir/ir.h"

namespace pflow::codegen {

/// The frame of a flow that suspends or that the runtime starts, laid out where it is asked for:
/// pf_frame, results, the
/// slots that live across a suspension, room for the inputs, outputs and policies of
/// what is pending.
struct FramePlan {
  llvm::StructType* type = nullptr;
  std::vector<int> slot_field;  ///< per slot: its field, -1 when in registers
  std::vector<unsigned> result_field;
  unsigned in_field = 0;
  unsigned out_field = 0;
  unsigned policy_field = 0;
  llvm::GlobalVariable* info = nullptr;  ///< pf_frame_info, which the function's part has
};

struct FunctionPlan {
  ir::FunctionId id;
  bool suspends = false;
  bool recursive = false;
  bool cached = false;  ///< a stage with `cache` runs it
  bool child = false;   ///< the runtime starts it
  bool piped = false;   ///< the runtime runs it for the items of a stream
  bool fast = false;    ///< not worth optimising: compiled fast, apart from the others
  unsigned part = 0;    ///< the part that has its body
  /// `{results…, i1 failed} name(params…)`, or `i32 resume(ptr frame)` when it suspends.
  llvm::Function* function = nullptr;
  /// `i32 resume(ptr frame)` of one that suspends (`function` itself) or that the
  /// runtime starts as a child; else null.
  llvm::Function* resume = nullptr;
  FramePlan frame;                       ///< of one with `resume`
  llvm::GlobalVariable* pipe = nullptr;  ///< pf_pipe of one that is piped
};

}  // namespace pflow::codegen
