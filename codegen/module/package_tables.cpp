#include "codegen/module/package_tables.h"

#include <algorithm>

namespace pflow::codegen {
namespace {

using Rows = std::vector<llvm::Constant*>;

/// What nobody refers to is left out when the executable is linked.
void emit_table(ModuleEmitter& module, const char* name, llvm::StructType* row, Rows rows) {
  if (rows.empty()) return;
  rows.push_back(llvm::Constant::getNullValue(row));
  auto* type = llvm::ArrayType::get(row, rows.size());
  auto* table = module.constants.global(type, llvm::ConstantArray::get(type, rows));
  table->setName(name);
  table->setLinkage(llvm::GlobalValue::ExternalLinkage);
}

}  // namespace

void emit_package_tables(ModuleEmitter& module) {
  auto* row = llvm::StructType::get(module.types.ptr, module.types.ptr);
  Rows models, loaders;
  for (const PackageModels& each : module.options.models)
    models.push_back(llvm::ConstantStruct::get(
        row, {module.constants.c_text(each.package), module.constants.c_text(each.text)}));
  emit_table(module, "pf_models_of_packages", row, std::move(models));
  if (!std::ranges::any_of(module.source.nodes, &ir::Node::loaders)) return;
  for (size_t i = 0; i < module.source.tools.size(); ++i)
    for (const std::string& prefix : module.source.tools[i].prefixes)
      loaders.push_back(
          llvm::ConstantStruct::get(row, {module.constants.c_text(prefix), module.tool(i)}));
  emit_table(module, "pf_loaders_of_packages", row, std::move(loaders));
}

}  // namespace pflow::codegen
