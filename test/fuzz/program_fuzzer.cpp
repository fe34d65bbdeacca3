/// Any bytes as a program, from text to IR: the checks end, and what they accept
/// is lowered to IR that keeps its rules after every pass.
#include <cstdint>
#include <cstdio>
#include <string>

#include "frontend/lower/lower.h"
#include "frontend/sema/sema.h"
#include "ir/passes/passes.h"
#include "test/support/memory_files.h"

namespace {

void verify(const pflow::ir::Module& module, std::string_view after) {
  for (const std::string& problem : pflow::ir::verify(module)) {
    std::fprintf(stderr, "after %.*s: %s\n%s", static_cast<int>(after.size()), after.data(),
                 problem.c_str(), pflow::ir::print(module).c_str());
    __builtin_trap();
  }
}

pflow::MemoryFiles interfaces() {
  pflow::MemoryFiles files;
  files.load_interfaces(PFLOW_NODES, "nodes");
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static pflow::MemoryFiles files = interfaces();  // no file of the machine can be imported
  pflow::SourceMap sources;
  pflow::Interner names;
  pflow::Diagnostics diagnostics;
  pflow::ParseIds ids;
  pflow::ir::TypeTable types;
  pflow::FileId file =
      sources.add("fuzz.pf", std::string(reinterpret_cast<const char*>(data), size));
  auto parsed = pflow::parse_file(file, pflow::FileRole::Program, sources, names, diagnostics, ids);
  if (diagnostics.has_errors()) return 0;
  pflow::sema::Options options{{"nodes"}, ""};
  pflow::sema::Checked checked = pflow::sema::check(std::move(parsed), options, files, sources,
                                                    names, types, diagnostics, ids);
  if (diagnostics.has_errors()) return 0;
  pflow::ir::Module module = pflow::lower(checked, sources, names, types);
  verify(module, "lowering");
  for (const pflow::ir::Pass& pass : pflow::ir::all_passes()) {
    pass.run(module);
    verify(module, pass.name);
  }
  return 0;
}
