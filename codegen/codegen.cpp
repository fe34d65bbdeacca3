#include "codegen/codegen.h"

#include <llvm/IR/Verifier.h>
#include <llvm/Linker/Linker.h>

#include <algorithm>

#include "codegen/module/emit_module.h"
#include "codegen/module/needs.h"
#include "codegen/object/emit.h"
#include "codegen/object/optimise.h"
#include "codegen/object/split.h"

namespace pflow::codegen {

struct Code::Impl {
  Impl(const ir::Module& module, Options chosen)
      : options(chosen),
        target(make_target(options.target, options.opt_level)),
        code(std::make_unique<llvm::Module>("program", context)),
        needs_loop(needs_time(module)),
        needs_cache(codegen::needs_cache(module)) {
    for (const ir::Node& node : module.nodes) modules.push_back(node.module);
    std::sort(modules.begin(), modules.end());
    modules.erase(std::unique(modules.begin(), modules.end()), modules.end());
  }

  void generate(const ir::Module& module, const SourceMap& sources) {
    if (target == nullptr) {
      problem = "no code generator for this machine";
      return;
    }
    code->setTargetTriple(target->getTargetTriple().str());
    code->setDataLayout(target->createDataLayout());
    code->setPICLevel(llvm::PICLevel::BigPIC);
    code->setPIELevel(llvm::PIELevel::Large);
    ModuleEmitter emitter(*code, module, sources, options);
    emit_module(emitter);
    large = emitter.large;
    for (const FunctionPlan& plan : emitter.plans) {
      if (!plan.once) continue;
      once.insert(plan.function->getName());
      if (plan.resume != nullptr) once.insert(plan.resume->getName());
    }
    verify();
  }

  void optimise() {
    if (options.opt_level == 0) return;
    if (!once.empty())
      rest = split_off(*code, [this](const llvm::Function& function) {
        return once.contains(function.getName());
      });
    if (rest != nullptr) optimise_module(*rest, *target, Effort::Tidy);
    constexpr Effort kEfforts[] = {Effort::None, Effort::Less, Effort::Full};
    Effort effort = kEfforts[std::min(options.opt_level, 2U)];
    if (effort == Effort::Full && large) effort = Effort::Lean;
    optimise_module(*code, *target, effort);
  }

  void verify() {
    llvm::raw_string_ostream out(problem);
    llvm::verifyModule(*code, &out);
  }

  /// The two parts as one again.
  llvm::Module& whole() {
    if (rest != nullptr) llvm::Linker::linkModules(*code, std::move(rest));
    return *code;
  }

  Options options;
  llvm::LLVMContext context;
  std::unique_ptr<llvm::TargetMachine> target;
  std::unique_ptr<llvm::Module> code;
  llvm::StringSet<> once;              ///< names of functions that are not optimised
  std::unique_ptr<llvm::Module> rest;  ///< holds them after `optimise`
  std::vector<std::string> modules;
  bool needs_loop;
  bool needs_cache;
  bool large = false;
  std::string problem;
};

Code::Code(const ir::Module& module, const SourceMap& sources, Options options)
    : impl_(std::make_unique<Impl>(module, options)) {
  impl_->generate(module, sources);
}

Code::~Code() = default;

void Code::optimise() {
  if (!impl_->problem.empty()) return;
  impl_->optimise();
}

std::string Code::llvm_text() {
  std::string text;
  llvm::raw_string_ostream out(text);
  impl_->whole().print(out, nullptr);
  return text;
}

std::string Code::assembly() {
  return emit_code(impl_->whole(), *impl_->target, llvm::CodeGenFileType::AssemblyFile);
}

std::string Code::object() {
  return emit_code(impl_->whole(), *impl_->target, llvm::CodeGenFileType::ObjectFile);
}

std::vector<std::string> Code::objects() {
  std::vector<std::string> made;
  if (impl_->rest != nullptr)
    made.push_back(emit_code(*impl_->rest, *make_target(impl_->options.target, 0),
                             llvm::CodeGenFileType::ObjectFile));
  made.push_back(emit_code(*impl_->code, *impl_->target, llvm::CodeGenFileType::ObjectFile));
  return made;
}

const std::string& Code::problem() const { return impl_->problem; }
const std::vector<std::string>& Code::modules() const { return impl_->modules; }
bool Code::needs_loop() const { return impl_->needs_loop; }
bool Code::needs_cache() const { return impl_->needs_cache; }

}  // namespace pflow::codegen
