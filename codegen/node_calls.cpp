#include "codegen/node_calls.h"

#include "codegen/module_emitter.h"
#include "pflow/abi.h"

namespace pflow::codegen {

llvm::LLVMContext& NodeCalls::context() { return m_.module.getContext(); }

llvm::StructType* NodeCalls::in_type(ir::NodeId node) {
  std::vector<ir::TypeId> ports;
  for (const ir::NodePort& port : m_.source.node(node).ports) ports.push_back(port.type);
  return m_.layout.aggregate(ports);
}

llvm::StructType* NodeCalls::out_type(ir::NodeId node) {
  std::vector<ir::TypeId> outputs;
  for (const ir::NodePort& port : m_.source.node(node).outputs) outputs.push_back(port.type);
  return m_.layout.aggregate(outputs);
}

llvm::Function* NodeCalls::node_function(const ir::Node& node) {
  std::string name = "pfn_" + node.module + "_" + node.name;
  if (llvm::Function* known = m_.module.getFunction(name)) return known;
  llvm::Type* ptr = m_.types.ptr;
  auto* type = llvm::FunctionType::get(m_.types.i32, {ptr, ptr, ptr}, false);
  auto* made = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, m_.module);
  made->setDoesNotThrow();
  made->setDSOLocal(true);
  return made;
}

llvm::Function* NodeCalls::begin(const char* prefix, ir::NodeId node, llvm::Type* result,
                                 std::vector<llvm::Type*> params) {
  auto* made = llvm::Function::Create(llvm::FunctionType::get(result, params, false),
                                      llvm::GlobalValue::InternalLinkage,
                                      prefix + m_.source.node(node).name, m_.module);
  made->setDoesNotThrow();
  made->setCallingConv(llvm::CallingConv::Fast);
  made->addFnAttr(llvm::Attribute::NoInline);
  b_.SetInsertPoint(llvm::BasicBlock::Create(context(), "start", made));
  return made;
}

void NodeCalls::begin_call(llvm::IRBuilder<>& b, llvm::Value* call, llvm::Value* site,
                           llvm::Value* frame, llvm::Value* state) {
  auto set = [&](CallField field, llvm::Value* value) {
    b.CreateStore(value, b.CreateStructGEP(m_.types.call, call, field));
  };
  set(kCallSite, site);
  set(kCallFrame, frame);
  set(kCallAction, m_.constants.null());
  set(kCallStatus, b.getInt32(0));
  set(kCallCancel, m_.constants.null());
  set(kCallState, state);
  set(kCallError, m_.constants.null());
}

void NodeCalls::store_ports(llvm::Function* function, unsigned first, llvm::StructType* type,
                            llvm::Value* in) {
  for (unsigned i = 0; i < type->getNumElements(); ++i)
    b_.CreateStore(function->getArg(first + i), b_.CreateStructGEP(type, in, i));
}

void NodeCalls::clear(llvm::StructType* type, llvm::Value* at) {
  if (type->getNumElements() != 0)
    b_.CreateMemSet(at, b_.getInt8(0), m_.layout.size(type), llvm::MaybeAlign(8));
}

llvm::Function* NodeCalls::direct(ir::NodeId node) {
  llvm::Function*& known = direct_[node.index];
  if (known != nullptr) return known;
  fail(node);  // made first: functions are emitted one at a time
  llvm::StructType* in = in_type(node);
  llvm::StructType* out = out_type(node);
  std::vector<llvm::Type*> params{m_.types.ptr, m_.types.ptr};
  params.insert(params.end(), in->element_begin(), in->element_end());
  std::vector<llvm::Type*> results(out->element_begin(), out->element_end());
  results.push_back(m_.types.i1);
  known = begin("call.", node, llvm::StructType::get(context(), results), params);

  bool has_actions = !m_.source.node(node).actions.empty();
  llvm::Value* call =
      has_actions ? static_cast<llvm::Value*>(known->getArg(0)) : b_.CreateAlloca(m_.types.call);
  llvm::Value* in_place = b_.CreateAlloca(in);
  llvm::Value* out_place = b_.CreateAlloca(out);
  begin_call(b_, call, known->getArg(1), m_.constants.null(), m_.constants.null());
  store_ports(known, 2, in, in_place);
  clear(out, out_place);
  llvm::Value* status =
      b_.CreateCall(node_function(m_.source.node(node)), {call, in_place, out_place});

  end_direct(node, status, call, out_place);
  return known;
}

void NodeCalls::end_direct(ir::NodeId node, llvm::Value* status, llvm::Value* call,
                           llvm::Value* out) {
  llvm::Function* function = b_.GetInsertBlock()->getParent();
  llvm::StructType* type = out_type(node);
  auto* failed = llvm::BasicBlock::Create(context(), "failed", function);
  auto* done = llvm::BasicBlock::Create(context(), "done", function);
  b_.CreateCondBr(b_.CreateICmpEQ(status, b_.getInt32(PF_FAILED)), failed, done,
                  llvm::MDBuilder(context()).createUnlikelyBranchWeights());
  b_.SetInsertPoint(failed);
  b_.CreateCall(fail(node), {call, out})->setCallingConv(llvm::CallingConv::Fast);
  llvm::Value* nothing = llvm::PoisonValue::get(function->getReturnType());
  b_.CreateRet(b_.CreateInsertValue(nothing, b_.getTrue(), type->getNumElements()));
  b_.SetInsertPoint(done);
  llvm::Value* all = nothing;
  for (unsigned i = 0; i < type->getNumElements(); ++i) {
    llvm::Value* at = b_.CreateStructGEP(type, out, i);
    all = b_.CreateInsertValue(all, b_.CreateLoad(type->getElementType(i), at), i);
  }
  b_.CreateRet(b_.CreateInsertValue(all, b_.getFalse(), type->getNumElements()));
}

llvm::Function* NodeCalls::start(ir::NodeId node) {
  llvm::Function*& known = start_[node.index];
  if (known != nullptr) return known;
  llvm::StructType* in = in_type(node);
  llvm::Type* ptr = m_.types.ptr;
  std::vector<llvm::Type*> params{ptr, ptr, ptr, ptr};
  params.insert(params.end(), in->element_begin(), in->element_end());
  known = begin("start.", node, m_.types.i32, params);
  llvm::Value* frame = known->getArg(0);
  llvm::Value* call = b_.CreateStructGEP(m_.types.frame, frame, kFrameCall);
  begin_call(b_, call, known->getArg(3), frame, m_.constants.null());
  store_ports(known, 4, in, known->getArg(1));
  clear(out_type(node), known->getArg(2));
  b_.CreateRet(b_.CreateCall(node_function(m_.source.node(node)),
                             {call, known->getArg(1), known->getArg(2)}));
  return known;
}

llvm::Function* NodeCalls::fail(ir::NodeId node) {
  llvm::Function*& known = fail_[node.index];
  if (known != nullptr) return known;
  known = begin("fail.", node, llvm::Type::getVoidTy(context()), {m_.types.ptr, m_.types.ptr});
  known->addFnAttr(llvm::Attribute::Cold);
  b_.CreateCall(m_.runtime.get(Runtime::pf_raise_call), {known->getArg(0)});
  llvm::StructType* out = out_type(node);
  const std::vector<ir::NodePort>& outputs = m_.source.node(node).outputs;
  for (unsigned i = 0; i < outputs.size(); ++i) {
    if (!m_.layout.counted(outputs[i].type)) continue;
    llvm::Value* at = b_.CreateStructGEP(out, known->getArg(1), i);
    llvm::Value* made = b_.CreateLoad(out->getElementType(i), at);
    m_.ownership.release_cold(b_, made, outputs[i].type);
  }
  b_.CreateRetVoid();
  return known;
}

}  // namespace pflow::codegen
