#include "codegen/codegen.h"

#include <llvm/Linker/Linker.h>

#include <algorithm>

#include "codegen/module/needs.h"
#include "codegen/part.h"
#include "support/check.h"

namespace pflow::codegen {
namespace {

/// Code generation asks for the entries of maps. Parts that work at once must not make types.
void make_types(ir::TypeTable& types) {
  for (size_t i = 0; i < types.size(); ++i)
    if (types.is(ir::TypeId(i), ir::TypeKind::Map))
      types.key_value(types.get(ir::TypeId(i)).element);
}

}  // namespace

struct Code::Impl {
  Impl(const ir::Module& module, Options chosen)
      : options(std::move(chosen)),
        needs_loop(needs_time(module)),
        needs_cache(codegen::needs_cache(module)),
        needs_cores(codegen::needs_cores(module)) {
    for (const ir::Node& node : module.nodes) modules.push_back(node.module);
    std::sort(modules.begin(), modules.end());
    modules.erase(std::unique(modules.begin(), modules.end()), modules.end());
  }

  void generate(const ir::Module& module, const SourceMap& sources) {
    make_types(*module.types);
    const Division division = divide(module, options);
    std::shared_ptr<llvm::LLVMContext> context;
    if (options.whole) context = std::make_shared<llvm::LLVMContext>();
    for (PartKind kind : division.parts)
      parts.emplace_back(kind, static_cast<unsigned>(parts.size()), context, options);
    if (parts.front().target == nullptr) {
      problem = "no code generator for this machine";
      return;
    }
    for_each(parts, [&](Part& part) { part.generate(module, sources, division); });
    for (const Part& part : parts) problem += part.problem;
  }

  /// The parts as one.
  Part& whole() {
    PFLOW_CHECK(options.whole || parts.size() == 1, "parts of different contexts are not joined");
    for (; parts.size() > 1; parts.pop_back())
      llvm::Linker::linkModules(*parts.front().code, std::move(parts.back().code));
    return parts.front();
  }

  Options options;
  std::vector<Part> parts;
  std::vector<std::string> modules;
  bool needs_loop;
  bool needs_cache;
  bool needs_cores;
  std::string problem;
};

bool may_wait(const ir::Module& module) { return needs_time(module); }

Code::Code(const ir::Module& module, const SourceMap& sources, Options options)
    : impl_(std::make_unique<Impl>(module, std::move(options))) {
  impl_->generate(module, sources);
}

Code::~Code() = default;

void Code::optimise() {
  if (!impl_->problem.empty()) return;
  for_each(impl_->parts, [](Part& part) { part.optimise(); });
}

std::string Code::llvm_text() {
  std::string text;
  llvm::raw_string_ostream out(text);
  impl_->whole().code->print(out, nullptr);
  return text;
}

std::string Code::assembly() { return impl_->whole().emit(llvm::CodeGenFileType::AssemblyFile); }

std::string Code::object() { return impl_->whole().emit(llvm::CodeGenFileType::ObjectFile); }

std::vector<std::string> Code::objects() {
  std::vector<std::string> made(impl_->parts.size());
  for_each(impl_->parts,
           [&](Part& part) { made[part.number] = part.emit(llvm::CodeGenFileType::ObjectFile); });
  return made;
}

const std::string& Code::problem() const { return impl_->problem; }
const std::vector<std::string>& Code::modules() const { return impl_->modules; }
bool Code::needs_loop() const { return impl_->needs_loop; }
bool Code::needs_cache() const { return impl_->needs_cache; }
bool Code::needs_cores() const { return impl_->needs_cores; }

}  // namespace pflow::codegen
