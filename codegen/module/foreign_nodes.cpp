#include "codegen/module/foreign_nodes.h"

#include <filesystem>

#include "pflow/abi.h"

namespace pflow::codegen {
namespace {

class ForeignNode {
 public:
  ForeignNode(ModuleEmitter& module, const ir::Node& node)
      : m_(module), node_(node), foreign_(*node.foreign) {}

  void emit() {
    llvm::Constant* described = describe();
    llvm::Type* nothing = llvm::Type::getVoidTy(m_.module.getContext());
    hand_on("", m_.types.i32, {m_.types.ptr, m_.types.ptr, m_.types.ptr}, described);
    hand_on("_preflight", m_.types.i1, {m_.types.ptr, m_.types.i64}, described);
    hand_on("_settings", nothing, {m_.types.ptr, m_.types.ptr, m_.types.i64}, described);
  }

 private:
  /// `pfn_exec_NODE…(arguments)`, which calls `pf_by_exec…(described, arguments)`.
  void hand_on(const char* part, llvm::Type* result, const std::vector<llvm::Type*>& params,
               llvm::Constant* described) {
    auto* made = llvm::Function::Create(llvm::FunctionType::get(result, params, false),
                                        llvm::GlobalValue::InternalLinkage,
                                        "pfn_" + node_.module + "_" + node_.name + part, m_.module);
    made->setDoesNotThrow();
    std::vector<llvm::Type*> types{m_.types.ptr};
    types.insert(types.end(), params.begin(), params.end());
    llvm::FunctionCallee callee = m_.module.getOrInsertFunction(
        "pf_by_" + node_.module + part, llvm::FunctionType::get(result, types, false));
    if (result == m_.types.i1) {
      made->addRetAttr(llvm::Attribute::ZExt);
      llvm::cast<llvm::Function>(callee.getCallee())->addRetAttr(llvm::Attribute::ZExt);
    }
    std::vector<llvm::Value*> arguments{described};
    for (llvm::Argument& argument : made->args()) arguments.push_back(&argument);
    llvm::IRBuilder<> b(llvm::BasicBlock::Create(m_.module.getContext(), "start", made));
    llvm::CallInst* given = b.CreateCall(callee, arguments);
    if (result->isVoidTy())
      b.CreateRetVoid();
    else
      b.CreateRet(given);
  }

  llvm::Constant* describe() {
    std::vector<llvm::Constant*> words, options, actions;
    for (const std::string& word : foreign_.words) words.push_back(m_.constants.str(word));
    for (const int64_t option : foreign_.options) options.push_back(m_.constants.i64(option));
    for (const std::string& action : node_.actions) actions.push_back(m_.constants.c_text(action));
    return m_.constants.global(
        m_.types.foreign,
        llvm::ConstantStruct::get(
            m_.types.foreign,
            {m_.constants.c_text(foreign_.name), m_.constants.array(m_.types.str, words),
             m_.constants.i32(words.size()), m_.constants.i32(actions.size()),
             m_.constants.array(m_.types.i64, options), m_.constants.array(m_.types.ptr, actions),
             m_.constants.c_text(folder()), m_.sites.of(foreign_.span), record(node_.ports),
             record(node_.outputs)}));
  }

  [[nodiscard]] std::string folder() const {
    std::error_code none;
    const std::filesystem::path file(m_.sources.name(foreign_.span.file));
    return std::filesystem::absolute(file, none).lexically_normal().parent_path().string();
  }

  /// A pf_type of the ports as the fields of a record.
  llvm::Constant* record(const std::vector<ir::NodePort>& ports) {
    std::vector<ir::Field> fields;
    std::vector<ir::TypeId> types;
    for (const ir::NodePort& port : ports) {
      ir::Field& field = fields.emplace_back();
      field.name = port.name;
      field.type = port.type;
      types.push_back(port.type);
    }
    llvm::StructType* form = m_.layout.aggregate(types);
    llvm::Constant* none = m_.constants.null();
    return m_.constants.global(
        m_.types.type,
        llvm::ConstantStruct::get(
            m_.types.type, {m_.constants.i32(PF_RECORD), m_.constants.i32(m_.layout.size(form)),
                            m_.constants.i32(m_.layout.align(form)), m_.constants.i32(1),
                            m_.constants.c_text("object"), none, m_.constants.i32(fields.size()),
                            m_.descriptors.fields(fields, form), none, none, none, none}));
  }

  ModuleEmitter& m_;
  const ir::Node& node_;
  const ir::Foreign& foreign_;
};

}  // namespace

void emit_foreign_nodes(ModuleEmitter& module) {
  for (const ir::Node& node : module.source.nodes)
    if (node.foreign) ForeignNode(module, node).emit();
}

}  // namespace pflow::codegen
