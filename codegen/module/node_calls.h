/// How nodes are called: small functions, one set per node and shared by all its
/// calls, that put arguments into structs and take outputs out of them. A flow's
/// own code has values only, which keeps compilation linear in the number of calls.
#pragma once

#include <map>

#include "codegen/forms/ownership.h"

namespace pflow::codegen {

class NodeCalls {
 public:
  NodeCalls(llvm::Module& module, const ir::Module& source, const AbiTypes& types,
            Constants& constants, Layout& layout, Descriptors& descriptors,
            RuntimeFunctions& runtime, Ownership& ownership);

  /// The `_in` or `_out` struct, and behind it room for the ports by address.
  [[nodiscard]] llvm::StructType* in_block(ir::NodeId node);
  [[nodiscard]] llvm::StructType* out_block(ir::NodeId node);
  /// Where the value of output `i` stands in an out block.
  [[nodiscard]] llvm::Value* output(llvm::IRBuilder<>& b, ir::NodeId node, llvm::Value* out,
                                    unsigned i);

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

  [[nodiscard]] llvm::LLVMContext& context() const { return module_.getContext(); }
  llvm::Function* node_function(const ir::Node& node);
  llvm::Function* begin(const char* prefix, ir::NodeId node, llvm::Type* result,
                        const std::vector<llvm::Type*>& params);
  /// A struct with these ports, those by address as pointers, then room for the latter.
  llvm::StructType* block(std::vector<llvm::Type*> first, const std::vector<ir::NodePort>& ports);
  /// A pointer to where the value of port `i` of such a block stands.
  llvm::Value* place(llvm::IRBuilder<>& b, llvm::StructType* block, size_t skipped,
                     const std::vector<ir::NodePort>& ports, llvm::Value* at, unsigned i);
  void point_at_room(llvm::StructType* block, size_t skipped,
                     const std::vector<ir::NodePort>& ports, llvm::Value* at);
  [[nodiscard]] std::vector<llvm::Type*> port_types(const std::vector<ir::NodePort>& ports);
  void store_ports(llvm::Function* function, unsigned first, ir::NodeId node, llvm::Value* in);
  void clear_outputs(ir::NodeId node, llvm::Value* out);
  /// pf_fields of ports where they lie in such a block.
  llvm::Constant* ports(llvm::StructType* block, size_t skipped,
                        const std::vector<ir::NodePort>& ports);
  llvm::Constant* repeatable(const ir::Node& node);
  /// The pf_node of a node that has effects.
  llvm::Constant* described(ir::NodeId node);
  llvm::Value* run_allowed(ir::NodeId node, llvm::Value* call, llvm::Value* in, llvm::Value* out);
  /// Of a program of tests: PF_FAILED where the call may not use the network.
  llvm::Value* run_node(ir::NodeId node, llvm::Value* call, llvm::Value* in, llvm::Value* out);
  llvm::Value* is_offline(const ir::Node& node, llvm::Value* in);
  void end_direct(ir::NodeId node, llvm::Value* status, llvm::Value* call, llvm::Value* out);

  llvm::Module& module_;
  const ir::Module& source_;
  const AbiTypes& types_;
  Constants& constants_;
  Layout& layout_;
  Descriptors& descriptors_;
  RuntimeFunctions& runtime_;
  Ownership& ownership_;
  llvm::IRBuilder<> b_;
  Made direct_;
  Made start_;
  Made fail_;
  std::map<uint32_t, llvm::GlobalVariable*> described_;
};

}  // namespace pflow::codegen
