#include "codegen/module/node_calls.h"

#include <algorithm>

#include "pflow/abi.h"

namespace pflow::codegen {

NodeCalls::NodeCalls(llvm::Module& module, const ir::Module& source, const AbiTypes& types,
                     Constants& constants, Layout& layout, Descriptors& descriptors,
                     RuntimeFunctions& runtime, Ownership& ownership)
    : module_(module),
      source_(source),
      types_(types),
      constants_(constants),
      layout_(layout),
      descriptors_(descriptors),
      runtime_(runtime),
      ownership_(ownership),
      b_(context()) {}

llvm::StructType* NodeCalls::block(std::vector<llvm::Type*> first,
                                   const std::vector<ir::NodePort>& ports) {
  std::vector<llvm::Type*> room;
  for (const ir::NodePort& port : ports) {
    llvm::Type* type = layout_.of(port.type);
    first.push_back(port.by_address ? types_.ptr : type);
    if (port.by_address) room.push_back(type);
  }
  room.insert(room.begin(), llvm::StructType::get(context(), first));
  return llvm::StructType::get(context(), room);
}

llvm::StructType* NodeCalls::in_block(ir::NodeId node) {
  const ir::Node& source = source_.node(node);
  return block(std::vector<llvm::Type*>(source.type_arguments.size(), types_.ptr), source.ports);
}

llvm::StructType* NodeCalls::out_block(ir::NodeId node) {
  return block({}, source_.node(node).outputs);
}

llvm::Value* NodeCalls::place(llvm::IRBuilder<>& b, llvm::StructType* block, size_t skipped,
                              const std::vector<ir::NodePort>& ports, llvm::Value* at, unsigned i) {
  if (!ports[i].by_address) {
    llvm::Value* fields = b.CreateStructGEP(block, at, 0);
    return b.CreateStructGEP(block->getElementType(0), fields, static_cast<unsigned>(skipped) + i);
  }
  auto before = std::count_if(ports.begin(), ports.begin() + i,
                              [](const ir::NodePort& port) { return port.by_address; });
  return b.CreateStructGEP(block, at, static_cast<unsigned>(before) + 1);
}

llvm::Value* NodeCalls::output(llvm::IRBuilder<>& b, ir::NodeId node, llvm::Value* out,
                               unsigned i) {
  return place(b, out_block(node), 0, source_.node(node).outputs, out, i);
}

void NodeCalls::point_at_room(llvm::StructType* block, size_t skipped,
                              const std::vector<ir::NodePort>& ports, llvm::Value* at) {
  for (unsigned i = 0; i < ports.size(); ++i) {
    if (!ports[i].by_address) continue;
    llvm::Value* fields = b_.CreateStructGEP(block, at, 0);
    b_.CreateStore(
        place(b_, block, skipped, ports, at, i),
        b_.CreateStructGEP(block->getElementType(0), fields, static_cast<unsigned>(skipped) + i));
  }
}

std::vector<llvm::Type*> NodeCalls::port_types(const std::vector<ir::NodePort>& ports) {
  std::vector<llvm::Type*> types;
  for (const ir::NodePort& port : ports) types.push_back(layout_.of(port.type));
  return types;
}

llvm::Function* NodeCalls::node_function(const ir::Node& node) {
  std::string name = "pfn_" + node.module + "_" + node.name;
  if (llvm::Function* known = module_.getFunction(name)) return known;
  llvm::Type* ptr = types_.ptr;
  auto* type = llvm::FunctionType::get(types_.i32, {ptr, ptr, ptr}, false);
  auto* made = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module_);
  made->setDoesNotThrow();
  made->setDSOLocal(true);
  return made;
}

llvm::Function* NodeCalls::begin(const char* prefix, ir::NodeId node, llvm::Type* result,
                                 const std::vector<llvm::Type*>& params) {
  auto* made = llvm::Function::Create(llvm::FunctionType::get(result, params, false),
                                      llvm::GlobalValue::InternalLinkage,
                                      prefix + source_.node(node).name, module_);
  made->setDoesNotThrow();
  made->setCallingConv(llvm::CallingConv::Fast);
  made->addFnAttr(llvm::Attribute::NoInline);
  b_.SetInsertPoint(llvm::BasicBlock::Create(context(), "start", made));
  return made;
}

void NodeCalls::begin_call(llvm::IRBuilder<>& b, llvm::Value* call, llvm::Value* site,
                           llvm::Value* frame, llvm::Value* state) {
  auto set = [&](CallField field, llvm::Value* value) {
    b.CreateStore(value, b.CreateStructGEP(types_.call, call, field));
  };
  set(kCallSite, site);
  set(kCallFrame, frame);
  set(kCallAction, constants_.null());
  set(kCallStatus, b.getInt32(0));
  set(kCallCancel, constants_.null());
  set(kCallState, state);
  set(kCallError, constants_.null());
  set(kCallStep, constants_.null());
}

/// The descriptors of the type arguments, then the arguments.
void NodeCalls::store_ports(llvm::Function* function, unsigned first, ir::NodeId node,
                            llvm::Value* in) {
  const ir::Node& source = source_.node(node);
  llvm::StructType* block = in_block(node);
  size_t skipped = source.type_arguments.size();
  llvm::Value* fields = b_.CreateStructGEP(block, in, 0);
  for (unsigned i = 0; i < skipped; ++i)
    b_.CreateStore(descriptors_.of(source.type_arguments[i].second),
                   b_.CreateStructGEP(block->getElementType(0), fields, i));
  point_at_room(block, skipped, source.ports, in);
  for (unsigned i = 0; i < source.ports.size(); ++i)
    b_.CreateStore(function->getArg(first + i), place(b_, block, skipped, source.ports, in, i));
}

void NodeCalls::clear_outputs(ir::NodeId node, llvm::Value* out) {
  llvm::StructType* block = out_block(node);
  if (layout_.size(block) != 0)
    b_.CreateMemSet(out, b_.getInt8(0), layout_.size(block), llvm::MaybeAlign(8));
  point_at_room(block, 0, source_.node(node).outputs, out);
}

llvm::Value* NodeCalls::is_offline(const ir::Node& node, llvm::Value* in) {
  if (!node.offline) return b_.getFalse();
  auto* type = llvm::FunctionType::get(types_.i1, {types_.ptr}, false);
  llvm::FunctionCallee asked =
      module_.getOrInsertFunction("pfn_" + node.module + "_" + node.name + "_offline", type);
  llvm::cast<llvm::Function>(asked.getCallee())->addRetAttr(llvm::Attribute::ZExt);
  return b_.CreateCall(asked, {in});
}

llvm::Constant* NodeCalls::ports(llvm::StructType* block, size_t skipped,
                                 const std::vector<ir::NodePort>& ports) {
  std::vector<llvm::Constant*> made;
  auto* fields = llvm::cast<llvm::StructType>(block->getElementType(0));
  unsigned room = 0;
  for (unsigned i = 0; i < ports.size(); ++i) {
    uint64_t offset = ports[i].by_address
                          ? layout_.offset(block, ++room)
                          : layout_.offset(fields, static_cast<unsigned>(skipped) + i);
    llvm::Constant* name = constants_.c_text(ports[i].name);
    made.push_back(llvm::ConstantStruct::get(
        types_.field, {name, name, descriptors_.of(ports[i].type), constants_.i32(offset),
                       constants_.c_text(""), constants_.null()}));
  }
  return constants_.array(types_.field, made);
}

llvm::Constant* NodeCalls::repeatable(const ir::Node& node) {
  if (!node.repeatable) return constants_.null();
  if (node.foreign) return runtime_.get(Runtime::pf_always);
  auto* type = llvm::FunctionType::get(types_.i1, {types_.ptr}, false);
  llvm::FunctionCallee asked =
      module_.getOrInsertFunction("pfn_" + node.module + "_" + node.name + "_repeatable", type);
  llvm::cast<llvm::Function>(asked.getCallee())->addRetAttr(llvm::Attribute::ZExt);
  return llvm::cast<llvm::Constant>(asked.getCallee());
}

llvm::Constant* NodeCalls::described(ir::NodeId node) {
  llvm::GlobalVariable*& known = described_[node.index];
  if (known != nullptr) return known;
  const ir::Node& source = source_.node(node);
  known = constants_.global(
      types_.node,
      llvm::ConstantStruct::get(
          types_.node, {constants_.c_text(source.foreign ? source.foreign->name : source.name),
                        constants_.c_text(source.effects), node_function(source),
                        constants_.i32(source.ports.size()), constants_.i32(source.outputs.size()),
                        ports(in_block(node), source.type_arguments.size(), source.ports),
                        ports(out_block(node), 0, source.outputs), repeatable(source)}));
  known->setName("node." + source.name);
  return known;
}

llvm::Value* NodeCalls::run_allowed(ir::NodeId node, llvm::Value* call, llvm::Value* in,
                                    llvm::Value* out) {
  const ir::Node& source = source_.node(node);
  if (source.pure) return b_.CreateCall(node_function(source), {call, in, out});
  return b_.CreateCall(runtime_.get(Runtime::pf_run_node), {call, described(node), in, out});
}

llvm::Value* NodeCalls::run_node(ir::NodeId node, llvm::Value* call, llvm::Value* in,
                                 llvm::Value* out) {
  const ir::Node& source = source_.node(node);
  if (source_.tests.empty() || !source.network) return run_allowed(node, call, in, out);
  llvm::Function* function = b_.GetInsertBlock()->getParent();
  auto* allowed = llvm::BasicBlock::Create(context(), "allowed", function);
  auto* decided = llvm::BasicBlock::Create(context(), "decided", function);
  llvm::Value* offline = b_.CreateZExt(is_offline(source, in), types_.i32);
  llvm::Value* refused = b_.CreateCall(runtime_.get(Runtime::pf_network_refused), {call, offline});
  llvm::BasicBlock* before = b_.GetInsertBlock();
  b_.CreateCondBr(refused, decided, allowed);
  b_.SetInsertPoint(allowed);
  llvm::Value* status = run_allowed(node, call, in, out);
  b_.CreateBr(decided);
  b_.SetInsertPoint(decided);
  llvm::PHINode* both = b_.CreatePHI(types_.i32, 2);
  both->addIncoming(b_.getInt32(PF_FAILED), before);
  both->addIncoming(status, allowed);
  return both;
}

llvm::Function* NodeCalls::direct(ir::NodeId node) {
  llvm::Function*& known = direct_[node.index];
  if (known != nullptr) return known;
  fail(node);  // made first: functions are emitted one at a time
  const ir::Node& source = source_.node(node);
  std::vector<llvm::Type*> params{types_.ptr, types_.ptr};
  std::vector<llvm::Type*> ports = port_types(source.ports);
  params.insert(params.end(), ports.begin(), ports.end());
  std::vector<llvm::Type*> results = port_types(source.outputs);
  results.push_back(types_.i1);
  known = begin("call.", node, llvm::StructType::get(context(), results), params);

  llvm::Value* call = source.actions.empty() ? b_.CreateAlloca(types_.call)
                                             : static_cast<llvm::Value*>(known->getArg(0));
  llvm::Value* in_place = b_.CreateAlloca(in_block(node));
  llvm::Value* out_place = b_.CreateAlloca(out_block(node));
  begin_call(b_, call, known->getArg(1), constants_.null(), constants_.null());
  store_ports(known, 2, node, in_place);
  clear_outputs(node, out_place);
  llvm::Value* status = run_node(node, call, in_place, out_place);

  end_direct(node, status, call, out_place);
  return known;
}

void NodeCalls::end_direct(ir::NodeId node, llvm::Value* status, llvm::Value* call,
                           llvm::Value* out) {
  llvm::Function* function = b_.GetInsertBlock()->getParent();
  std::vector<llvm::Type*> types = port_types(source_.node(node).outputs);
  auto count = static_cast<unsigned>(types.size());
  auto* failed = llvm::BasicBlock::Create(context(), "failed", function);
  auto* done = llvm::BasicBlock::Create(context(), "done", function);
  b_.CreateCondBr(b_.CreateICmpEQ(status, b_.getInt32(PF_FAILED)), failed, done,
                  llvm::MDBuilder(context()).createUnlikelyBranchWeights());
  b_.SetInsertPoint(failed);
  b_.CreateCall(fail(node), {call, out})->setCallingConv(llvm::CallingConv::Fast);
  llvm::Value* nothing = llvm::PoisonValue::get(function->getReturnType());
  b_.CreateRet(b_.CreateInsertValue(nothing, b_.getTrue(), count));
  b_.SetInsertPoint(done);
  llvm::Value* all = nothing;
  for (unsigned i = 0; i < count; ++i)
    all = b_.CreateInsertValue(all, b_.CreateLoad(types[i], output(b_, node, out, i)), i);
  b_.CreateRet(b_.CreateInsertValue(all, b_.getFalse(), count));
}

llvm::Function* NodeCalls::start(ir::NodeId node) {
  llvm::Function*& known = start_[node.index];
  if (known != nullptr) return known;
  llvm::Type* ptr = types_.ptr;
  std::vector<llvm::Type*> params{ptr, ptr, ptr, ptr};
  std::vector<llvm::Type*> ports = port_types(source_.node(node).ports);
  params.insert(params.end(), ports.begin(), ports.end());
  known = begin("start.", node, types_.i32, params);
  llvm::Value* frame = known->getArg(0);
  llvm::Value* call = b_.CreateStructGEP(types_.frame, frame, kFrameCall);
  begin_call(b_, call, known->getArg(3), frame, constants_.null());
  store_ports(known, 4, node, known->getArg(1));
  clear_outputs(node, known->getArg(2));
  b_.CreateRet(run_node(node, call, known->getArg(1), known->getArg(2)));
  return known;
}

llvm::Function* NodeCalls::fail(ir::NodeId node) {
  llvm::Function*& known = fail_[node.index];
  if (known != nullptr) return known;
  known = begin("fail.", node, llvm::Type::getVoidTy(context()), {types_.ptr, types_.ptr});
  known->addFnAttr(llvm::Attribute::Cold);
  b_.CreateCall(runtime_.get(Runtime::pf_raise_call), {known->getArg(0)});
  const std::vector<ir::NodePort>& outputs = source_.node(node).outputs;
  for (unsigned i = 0; i < outputs.size(); ++i) {
    if (!layout_.counted(outputs[i].type)) continue;
    llvm::Value* at = output(b_, node, known->getArg(1), i);
    llvm::Value* made = b_.CreateLoad(layout_.of(outputs[i].type), at);
    ownership_.release_cold(b_, made, outputs[i].type);
  }
  b_.CreateRetVoid();
  return known;
}

}  // namespace pflow::codegen
