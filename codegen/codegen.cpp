#include "codegen/codegen.h"

#include <llvm/IR/Verifier.h>

#include <algorithm>

#include "codegen/emit.h"
#include "codegen/module_emitter.h"
#include "codegen/optimise.h"

namespace pflow::codegen {

struct Code::Impl {
  Impl(const ir::Module& module, Options chosen)
      : options(std::move(chosen)),
        target(make_target(options.opt_level)),
        code("program", context),
        needs_loop(module.entry.valid() && ir::suspending_functions(module)[module.entry.index]) {
    for (const ir::Node& node : module.nodes) modules.push_back(node.module);
    std::sort(modules.begin(), modules.end());
    modules.erase(std::unique(modules.begin(), modules.end()), modules.end());
  }

  void generate(const ir::Module& module, const SourceMap& sources) {
    if (target == nullptr) {
      problem = "no code generator for this machine";
      return;
    }
    code.setTargetTriple(target->getTargetTriple().str());
    code.setDataLayout(target->createDataLayout());
    code.setPICLevel(llvm::PICLevel::BigPIC);
    code.setPIELevel(llvm::PIELevel::Large);
    ModuleEmitter(code, module, sources, options).run();
    verify();
  }

  void verify() {
    llvm::raw_string_ostream out(problem);
    llvm::verifyModule(code, &out);
  }

  Options options;
  llvm::LLVMContext context;
  std::unique_ptr<llvm::TargetMachine> target;
  llvm::Module code;
  std::vector<std::string> modules;
  bool needs_loop;
  std::string problem;
};

Code::Code(const ir::Module& module, const SourceMap& sources, Options options)
    : impl_(std::make_unique<Impl>(module, std::move(options))) {
  impl_->generate(module, sources);
}

Code::~Code() = default;

void Code::optimise() {
  if (!impl_->problem.empty()) return;
  optimise_module(impl_->code, *impl_->target, impl_->options.opt_level);
}

std::string Code::llvm_text() const {
  std::string text;
  llvm::raw_string_ostream out(text);
  impl_->code.print(out, nullptr);
  return text;
}

std::string Code::assembly() {
  return emit_code(impl_->code, *impl_->target, llvm::CodeGenFileType::AssemblyFile);
}

std::string Code::object() {
  return emit_code(impl_->code, *impl_->target, llvm::CodeGenFileType::ObjectFile);
}

const std::string& Code::problem() const { return impl_->problem; }
const std::vector<std::string>& Code::modules() const { return impl_->modules; }
bool Code::needs_loop() const { return impl_->needs_loop; }

}  // namespace pflow::codegen
