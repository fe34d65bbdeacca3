#include "codegen/module/program.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "codegen/module/frames.h"
#include "codegen/module/needs.h"
#include "codegen/module/plan.h"
#include "codegen/module/wrappers.h"
#include "ir/call_graph.h"
#include "pflow/abi.h"

namespace pflow::codegen {
namespace {

class ProgramEmitter {
 public:
  /// Of the module's entry, or of a test, which has no parameters.
  ProgramEmitter(ModuleEmitter& module, ir::FunctionId entry)
      : m_(module),
        b_(module.module.getContext()),
        plan_(module.plan(entry)),
        entry_(module.source.function(entry)) {
    std::vector<ir::TypeId> params;
    for (size_t i = 0; i < entry_.param_count; ++i) params.push_back(entry_.slots[i].type);
    params_ = m_.layout.aggregate(params);
    results_ = m_.layout.aggregate(entry_.results);
  }

  llvm::GlobalVariable* run();

 private:
  /// Of an entry that suspends.
  [[nodiscard]] const FramePlan& frame() { return frame_of(m_, plan_.id); }
  llvm::Constant* describe();
  llvm::Constant* loop();
  llvm::Constant* params();
  llvm::Constant* results();
  llvm::Function* key_check(const ir::Node& node, llvm::FunctionType* type);
  llvm::Constant* preflights(const std::vector<bool>& reached, uint32_t& count);
  llvm::Constant* server();
  llvm::Constant* served(const ir::CallGraph& calls, uint32_t& count);
  llvm::Constant* watches();
  [[nodiscard]] bool is_journaled() const;
  llvm::Function* run_function();
  llvm::Function* start_function();
  llvm::Function* finish_function();
  std::string name() const;

  llvm::Function* begin(const char* name, llvm::Type* result,
                        llvm::ArrayRef<llvm::Type*> arguments);
  llvm::Value* load_param(llvm::Value* from, unsigned i);

  ModuleEmitter& m_;
  llvm::IRBuilder<> b_;
  const FunctionPlan& plan_;
  const ir::Function& entry_;
  llvm::StructType* params_;
  llvm::StructType* results_;
};

llvm::Function* ProgramEmitter::begin(const char* name, llvm::Type* result,
                                      llvm::ArrayRef<llvm::Type*> arguments) {
  auto* made = llvm::Function::Create(llvm::FunctionType::get(result, arguments, false),
                                      llvm::GlobalValue::InternalLinkage, name, m_.module);
  made->setDoesNotThrow();
  if (result == m_.types.i1) made->addRetAttr(llvm::Attribute::ZExt);
  b_.SetInsertPoint(llvm::BasicBlock::Create(m_.module.getContext(), "start", made));
  b_.SetCurrentDebugLocation({});
  return made;
}

llvm::Value* ProgramEmitter::load_param(llvm::Value* from, unsigned i) {
  return b_.CreateLoad(params_->getElementType(i), b_.CreateStructGEP(params_, from, i));
}

llvm::Function* ProgramEmitter::run_function() {
  llvm::Function* made = begin("program.run", m_.types.i1, {m_.types.ptr, m_.types.ptr});
  if (m_.debug) m_.debug->describe_generated(made, b_);
  std::vector<llvm::Value*> arguments;
  for (unsigned i = 0; i < entry_.param_count; ++i)
    arguments.push_back(load_param(made->getArg(0), i));
  llvm::CallInst* all = b_.CreateCall(plan_.function, arguments);
  all->setCallingConv(plan_.function->getCallingConv());
  b_.CreateRet(store_results(b_, all, results_, made->getArg(1)));
  return made;
}

llvm::Function* ProgramEmitter::start_function() {
  llvm::Function* made = begin("program.start", m_.types.ptr, {m_.types.ptr});
  llvm::Value* entered = b_.CreateCall(m_.runtime.get(Runtime::pf_frame_new), {frame().info});
  for (unsigned i = 0; i < entry_.param_count; ++i) {
    llvm::Value* param = load_param(made->getArg(0), i);
    m_.ownership.retain(b_, param, entry_.slots[i].type);
    auto field = static_cast<unsigned>(frame().slot_field[i]);
    b_.CreateStore(param, b_.CreateStructGEP(frame().type, entered, field));
  }
  b_.CreateRet(entered);
  return made;
}

llvm::Function* ProgramEmitter::finish_function() {
  llvm::Type* nothing = llvm::Type::getVoidTy(m_.module.getContext());
  llvm::Function* made = begin("program.finish", nothing, {m_.types.ptr, m_.types.ptr});
  for (unsigned i = 0; i < entry_.results.size(); ++i) {
    llvm::Value* from = b_.CreateStructGEP(frame().type, made->getArg(0), frame().result_field[i]);
    llvm::Type* type = results_->getElementType(i);
    b_.CreateStore(b_.CreateLoad(type, from), b_.CreateStructGEP(results_, made->getArg(1), i));
    b_.CreateStore(llvm::Constant::getNullValue(type), from);
  }
  b_.CreateRetVoid();
  return made;
}

llvm::Constant* ProgramEmitter::params() {
  std::vector<llvm::Constant*> made;
  for (unsigned i = 0; i < entry_.param_count; ++i) {
    const ir::EntryParam& param = m_.source.entry_params[i];
    llvm::Constant* text = m_.constants.null();
    llvm::Constant* value = m_.constants.null();
    if (param.default_function.valid()) {
      text = m_.constants.c_text(param.default_text);
      value = make_default_value(m_, param.default_function);
    }
    made.push_back(llvm::ConstantStruct::get(
        m_.types.param,
        {m_.constants.c_text(param.name), m_.descriptors.of(param.type),
         m_.constants.c_text(param.doc), text, value,
         m_.constants.i32(m_.layout.offset(params_, i)), m_.constants.i32(param.from_stdin)}));
  }
  return m_.constants.array(m_.types.param, made);
}

llvm::Constant* ProgramEmitter::results() {
  std::vector<ir::Field> fields;
  for (size_t i = 0; i < entry_.results.size(); ++i) {
    ir::Field field;
    if (i < entry_.result_names.size()) field.name = entry_.result_names[i];
    field.type = entry_.results[i];
    fields.push_back(std::move(field));
  }
  return m_.descriptors.fields(fields, results_);
}

/// A test may stub what it would need the network for.
bool is_checked_first(const ir::Module& module, ir::NodeId id) {
  const ir::Node& node = module.node(id);
  return (node.preflight || !node.keys.empty()) && (module.tests.empty() || !node.network);
}

/// Per node with a preflight check, its sites in the functions that are reached, in the order of
/// the program.
std::vector<std::vector<ir::SiteId>> preflight_sites(const ir::Module& module,
                                                     const std::vector<bool>& reached) {
  std::vector<std::vector<ir::SiteId>> found(module.nodes.size());
  for (size_t i = 0; i < module.functions.size(); ++i) {
    if (!reached[i]) continue;
    for (const ir::Block& block : module.functions[i].blocks)
      for (const ir::Op& op : block.ops)
        if (op.callee.node.valid() && is_checked_first(module, op.callee.node) && op.site.valid())
          found[op.callee.node.index].push_back(op.site);
  }
  return found;
}

/// A function that calls `pf_keys_are_there` with the node's keys; one for all who reach it.
llvm::Function* ProgramEmitter::key_check(const ir::Node& node, llvm::FunctionType* type) {
  const std::string name = "keys_" + node.module + "_" + node.name;
  if (llvm::Function* known = m_.module.getFunction(name)) return known;
  std::vector<llvm::Constant*> names;
  for (const std::string& key : node.keys) names.push_back(m_.constants.c_text(key));
  auto* made = llvm::Function::Create(type, llvm::GlobalValue::InternalLinkage, name, m_.module);
  made->setDoesNotThrow();
  made->addRetAttr(llvm::Attribute::ZExt);
  llvm::FunctionCallee check = m_.module.getOrInsertFunction(
      "pf_keys_are_there",
      llvm::FunctionType::get(m_.types.i1, {m_.types.ptr, m_.types.i64, m_.types.ptr, m_.types.i64},
                              false));
  llvm::cast<llvm::Function>(check.getCallee())->addRetAttr(llvm::Attribute::ZExt);
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(m_.module.getContext(), "start", made));
  b.CreateRet(b.CreateCall(check, {m_.constants.array(m_.types.ptr, names),
                                   m_.constants.i64(static_cast<int64_t>(names.size())),
                                   made->getArg(0), made->getArg(1)}));
  return made;
}

llvm::Constant* ProgramEmitter::preflights(const std::vector<bool>& reached, uint32_t& count) {
  std::vector<std::vector<ir::SiteId>> sites = preflight_sites(m_.source, reached);
  std::vector<llvm::Constant*> made;
  auto* type = llvm::FunctionType::get(m_.types.i1, {m_.types.ptr, m_.types.i64}, false);
  for (size_t i = 0; i < sites.size(); ++i) {
    if (sites[i].empty()) continue;
    const ir::Node& node = m_.source.nodes[i];
    std::vector<llvm::Constant*> pointers;
    for (ir::SiteId site : sites[i]) pointers.push_back(m_.sites.of(site));
    auto add = [&](llvm::Constant* check) {
      made.push_back(llvm::ConstantStruct::get(
          m_.types.preflight, {check, m_.constants.array(m_.types.ptr, pointers),
                               m_.constants.i64(static_cast<int64_t>(pointers.size()))}));
    };
    if (!node.keys.empty()) add(key_check(node, type));
    if (!node.preflight) continue;
    llvm::FunctionCallee check =
        m_.module.getOrInsertFunction("pfn_" + node.module + "_" + node.name + "_preflight", type);
    add(llvm::cast<llvm::Constant>(check.getCallee()));
  }
  count = static_cast<uint32_t>(made.size());
  return m_.constants.array(m_.types.preflight, made);
}

llvm::Constant* ProgramEmitter::server() {
  if (m_.options.serving == Serving::No) return m_.constants.null();
  const char* name = m_.options.serving == Serving::Restate ? "pf_restate" : "pf_serve";
  return llvm::cast<llvm::Constant>(m_.module.getOrInsertGlobal(name, m_.types.ptr));
}

/// Those of all nodes in the functions that are reached, each once.
std::string effects_of(const ir::Module& module, const std::vector<bool>& reached) {
  std::set<std::string, std::less<>> found;
  for (size_t i = 0; i < module.functions.size(); ++i) {
    if (!reached[i]) continue;
    for (const ir::Block& block : module.functions[i].blocks)
      for (const ir::Op& op : block.ops) {
        if (!op.callee.node.valid()) continue;
        std::istringstream words(module.node(op.callee.node).effects);
        for (std::string word; words >> word;) found.insert(word);
      }
  }
  std::string all;
  for (const std::string& word : found) all += (all.empty() ? "" : " ") + word;
  return all;
}

llvm::Constant* ProgramEmitter::served(const ir::CallGraph& calls, uint32_t& count) {
  std::vector<llvm::Constant*> made;
  for (size_t i = 0; i < m_.source.tools.size(); ++i) {
    const ir::Tool& tool = m_.source.tools[i];
    if (!tool.served) continue;
    uint32_t preflight_count = 0;
    const std::vector<bool> reached = ir::reached_functions(calls, {{tool.flow}});
    llvm::Constant* checks = preflights(reached, preflight_count);
    made.push_back(llvm::ConstantStruct::get(
        m_.types.served, {m_.tool(i), m_.constants.c_text(effects_of(m_.source, reached)), checks,
                          m_.constants.i32(preflight_count)}));
  }
  count = static_cast<uint32_t>(made.size());
  return m_.constants.array(m_.types.served, made);
}

llvm::Constant* ProgramEmitter::watches() {
  std::vector<llvm::Constant*> made;
  for (const Watch* watch : m_.options.watches) {
    std::string symbol = "pf_" + std::string(watch->option);
    std::ranges::replace(symbol, '-', '_');
    made.push_back(llvm::cast<llvm::Constant>(m_.module.getOrInsertGlobal(symbol, m_.types.ptr)));
  }
  return m_.constants.array(m_.types.ptr, made);
}

bool ProgramEmitter::is_journaled() const {
  return std::ranges::any_of(m_.options.watches,
                             [](const Watch* watch) { return watch->option == "journal"; });
}

std::string ProgramEmitter::name() const {
  if (!entry_.span.valid()) return entry_.name;
  std::string_view path = m_.sources.name(entry_.span.file);
  std::string_view file = path.substr(path.find_last_of('/') + 1);
  if (file.ends_with(".pf")) file.remove_suffix(3);
  return std::string(file);
}

llvm::Constant* ProgramEmitter::loop() {
  const char* name = needs_time(m_.source) ? "pf_loop" : "pf_sync_loop";
  auto* loop = llvm::cast<llvm::GlobalVariable>(m_.module.getOrInsertGlobal(name, m_.types.ptr));
  loop->setConstant(true);
  return loop;
}

llvm::Constant* ProgramEmitter::describe() {
  llvm::Constant* none = m_.constants.null();
  // The items of a stream are pulled when the flow has ended.
  bool gives_stream = std::ranges::any_of(entry_.results, [this](ir::TypeId result) {
    return m_.layout.table().is(result, ir::TypeKind::Stream);
  });
  llvm::Constant* loop = plan_.suspends || gives_stream ? this->loop() : none;
  uint32_t preflight_count = 0;
  const ir::CallGraph calls = ir::call_graph(m_.source);
  llvm::Constant* checks = preflights(ir::reached_functions(calls, {{plan_.id}}), preflight_count);
  uint32_t served_count = 0;
  llvm::Constant* offered = served(calls, served_count);
  auto i32 = [&](uint64_t value) { return m_.constants.i32(value); };
  return llvm::ConstantStruct::get(
      m_.types.program,
      {i32(PF_ABI_VERSION),
       m_.constants.c_text(name()),
       m_.constants.c_text(m_.source.doc),
       params(),
       i32(entry_.param_count),
       i32(m_.layout.size(params_)),
       i32(m_.layout.size(results_)),
       i32(entry_.results.size()),
       results(),
       plan_.suspends ? none : run_function(),
       plan_.suspends ? start_function() : none,
       plan_.suspends ? finish_function() : none,
       loop,
       checks,
       i32(preflight_count),
       i32(m_.options.watches.size()),
       watches(),
       m_.options.report_page.empty() ? none : m_.constants.c_text(m_.options.report_page),
       is_journaled() ? m_.constants.c_text(plan_of(m_.source, plan_.id)) : none,
       m_.constants.i1(m_.source.durable),
       server(),
       i32(served_count),
       offered});
}

llvm::GlobalVariable* ProgramEmitter::run() {
  llvm::GlobalVariable* program = m_.constants.global(m_.types.program, describe());
  program->setName("program");
  return program;
}

/// `main`, which calls `callee(argc, argv, rest…)`.
void emit_main(ModuleEmitter& module, const char* callee,
               const std::vector<llvm::Constant*>& rest) {
  std::vector<llvm::Type*> types{module.types.i32, module.types.ptr};
  auto* type = llvm::FunctionType::get(module.types.i32, types, false);
  auto* made =
      llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, "main", module.module);
  made->setDoesNotThrow();
  std::vector<llvm::Value*> arguments{made->getArg(0), made->getArg(1)};
  for (llvm::Constant* value : rest) {
    types.push_back(value->getType());
    arguments.push_back(value);
  }
  llvm::FunctionCallee target = module.module.getOrInsertFunction(
      callee, llvm::FunctionType::get(module.types.i32, types, false));
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(module.module.getContext(), "start", made));
  b.CreateRet(b.CreateCall(target, arguments));
}

}  // namespace

void emit_program(ModuleEmitter& module) {
  emit_main(module, "pf_main", {ProgramEmitter(module, module.source.entry).run()});
}

void emit_tests(ModuleEmitter& module) {
  std::vector<llvm::Constant*> tests;
  for (const ir::Test& test : module.source.tests)
    tests.push_back(llvm::ConstantStruct::get(
        module.types.test,
        {module.constants.c_text(test.title), ProgramEmitter(module, test.flow).run()}));
  emit_main(module, "pf_test_main",
            {module.constants.array(module.types.test, tests),
             module.constants.i64(static_cast<int64_t>(tests.size()))});
}

}  // namespace pflow::codegen
