#include "codegen/part.h"

#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "codegen/module/emit_module.h"
#include "codegen/object/emit.h"
#include "codegen/object/optimise.h"

namespace pflow::codegen {

Part::Part(PartKind k, unsigned n, std::shared_ptr<llvm::LLVMContext> shared, const Options& chosen)
    : kind(k),
      number(n),
      options(chosen),
      context(shared != nullptr ? std::move(shared) : std::make_shared<llvm::LLVMContext>()),
      target(make_target(chosen.target, k == PartKind::Fast ? 0 : chosen.opt_level)),
      code(std::make_unique<llvm::Module>("program", *context)) {}

void Part::generate(const ir::Module& source, const SourceMap& sources, const Division& division) {
  // Names of values are for who reads the text.
  context->setDiscardValueNames(!options.whole);
  code->setTargetTriple(target->getTargetTriple().str());
  code->setDataLayout(target->createDataLayout());
  code->setPICLevel(llvm::PICLevel::BigPIC);
  code->setPIELevel(llvm::PIELevel::Large);
  ModuleEmitter emitter(*code, source, sources, options, division, number);
  emit_module(emitter);
  llvm::raw_string_ostream out(problem);
  llvm::verifyModule(*code, &out);
}

void Part::optimise() {
  switch (kind) {
    case PartKind::Fast: return;
    case PartKind::Lean: return optimise_module(*code, *target, Effort::Lean);
    case PartKind::Full:
      return optimise_module(*code, *target, options.opt_level == 1 ? Effort::Less : Effort::Full);
  }
}

std::string Part::emit(llvm::CodeGenFileType type) { return emit_code(*code, *target, type); }

void for_each(std::vector<Part>& parts, const std::function<void(Part&)>& work) {
  const bool apart = parts.size() > 1 && parts[0].context != parts[1].context;
  const size_t cores = std::max(1U, std::thread::hardware_concurrency());
  std::atomic<size_t> next = 0;
  auto run = [&] {
    for (size_t i = next++; i < parts.size(); i = next++) work(parts[i]);
  };
  std::vector<std::jthread> others;
  if (apart)
    for (size_t i = 1; i < std::min(cores, parts.size()); ++i) others.emplace_back(run);
  run();
}

}  // namespace pflow::codegen
