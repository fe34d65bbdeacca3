#include "codegen/forms/debug_info.h"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

namespace pflow::codegen {

DebugInfo::DebugInfo(llvm::Module& module, const SourceMap& sources, bool optimised)
    : builder_(module), sources_(sources), optimised_(optimised) {
  module.addModuleFlag(llvm::Module::Warning, "Debug Info Version", llvm::DEBUG_METADATA_VERSION);
  module.addModuleFlag(llvm::Module::Warning, "Dwarf Version", 5);
  unit_ = builder_.createCompileUnit(llvm::dwarf::DW_LANG_C, file(FileId(0)), "pflowc", optimised,
                                     "", 0);
}

llvm::DIFile* DebugInfo::file(FileId id) {
  auto [at, fresh] = files_.try_emplace(id.index);
  if (fresh) {
    std::string_view name = sources_.size() > id.index ? sources_.name(id) : "<none>";
    llvm::SmallString<128> folder;
    if (llvm::sys::fs::current_path(folder)) folder.clear();
    at->second = builder_.createFile({name.data(), name.size()}, folder);
  }
  return at->second;
}

llvm::DISubprogram* DebugInfo::describe(llvm::Function* function, const ir::Function& source) {
  llvm::DIFile* where = source.span.valid() ? file(source.span.file) : unit_->getFile();
  uint32_t line =
      source.span.valid() ? sources_.line_column(source.span.file, source.span.begin).line : 0;
  auto* type = builder_.createSubroutineType(builder_.getOrCreateTypeArray({}));
  auto flags = llvm::DISubprogram::SPFlagDefinition | llvm::DISubprogram::SPFlagLocalToUnit;
  if (optimised_) flags |= llvm::DISubprogram::SPFlagOptimized;
  auto* made = builder_.createFunction(where, source.name, function->getName(), where, line, type,
                                       line, llvm::DINode::FlagPrototyped, flags);
  function->setSubprogram(made);
  return made;
}

void DebugInfo::describe_generated(llvm::Function* function, llvm::IRBuilder<>& b) {
  auto* type = builder_.createSubroutineType(builder_.getOrCreateTypeArray({}));
  auto flags = llvm::DISubprogram::SPFlagDefinition | llvm::DISubprogram::SPFlagLocalToUnit;
  auto* made =
      builder_.createFunction(unit_, function->getName(), function->getName(), unit_->getFile(), 0,
                              type, 0, llvm::DINode::FlagArtificial, flags);
  function->setSubprogram(made);
  locate(b, made, {});
}

void DebugInfo::locate(llvm::IRBuilder<>& b, llvm::DISubprogram* scope, Span span) {
  LineColumn at;
  if (span.valid()) at = sources_.line_column(span.file, span.begin);
  b.SetCurrentDebugLocation(llvm::DILocation::get(scope->getContext(), at.line, at.column, scope));
}

}  // namespace pflow::codegen
