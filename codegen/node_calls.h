/// How nodes are called: small functions, one set per node and shared by all its
/// calls, that put arguments into structs and take outputs out of them. A flow's
/// own code has values only, which keeps compilation linear in the number of calls.
#pragma once

#include <map>

#include "codegen/llvm_headers.h"
#include "ir/ir.h"

namespace pflow::codegen {

struct ModuleEmitter;

class NodeCalls {
 public:
  explicit NodeCalls(ModuleEmitter& module) : m_(module), b_(context()) {}

  [[nodiscard]] llvm::StructType* in_type(ir::NodeId node);
  [[nodiscard]] llvm::StructType* out_type(ir::NodeId node);

  /// Of a node that cannot suspend: `{outputs…, i1 failed} call(pf_call, site, ports…)`.
  /// The pf_call is the caller's when the node has actions, else it is null.
  llvm::Function* direct(ir::NodeId node);
  /// Of a node that may suspend: `i32 start(frame, in, out, site, ports…)`, which uses
  /// the frame's pf_call and gives the pf_status.
  llvm::Function* start(ir::NodeId node);
  /// `fail(pf_call, out)`: the call's failure becomes pending, its outputs are released.
  llvm::Function* fail(ir::NodeId node);

  /// Starts a pf_call: everything but these is clear.
  void begin_call(llvm::IRBuilder<>& b, llvm::Value* call, llvm::Value* site, llvm::Value* frame,
                  llvm::Value* state);

 private:
  using Made = std::map<uint32_t, llvm::Function*>;

  [[nodiscard]] llvm::LLVMContext& context();
  llvm::Function* node_function(const ir::Node& node);
  llvm::Function* begin(const char* prefix, ir::NodeId node, llvm::Type* result,
                        std::vector<llvm::Type*> params);
  void store_ports(llvm::Function* function, unsigned first, llvm::StructType* type,
                   llvm::Value* in);
  void clear(llvm::StructType* type, llvm::Value* at);
  void end_direct(ir::NodeId node, llvm::Value* status, llvm::Value* call, llvm::Value* out);

  ModuleEmitter& m_;
  llvm::IRBuilder<> b_;
  Made direct_;
  Made start_;
  Made fail_;
};

}  // namespace pflow::codegen
