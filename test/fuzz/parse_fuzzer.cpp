/// Any bytes through parse_file: the first decides the role of the file. The lexer's quick ways
/// find the tokens of the grammar.
#include <cstdint>
#include <string>

#include "frontend/ast/print.h"
#include "frontend/parse/parse.h"
#include "test/support/lexed_alike.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  // Corpus files begin with `#`, which is a comment and means a program.
  auto role = data[0] == '@' ? pflow::FileRole::Interface : pflow::FileRole::Program;
  size_t skip = role == pflow::FileRole::Interface ? 1 : 0;
  pflow::SourceMap sources;
  pflow::Interner names;
  pflow::Diagnostics diagnostics;
  pflow::ParseIds ids;
  pflow::FileId file =
      sources.add("fuzz.pf", std::string(reinterpret_cast<const char*>(data) + skip, size - skip));
  auto parsed = pflow::parse_file(file, role, sources, names, diagnostics, ids);
  // Every node of the tree is looked at, every span is looked up.
  pflow::ast::PrintOptions options;
  options.places = &sources;
  std::string tree = pflow::ast::print(*parsed, names, options);
  for (const pflow::Diagnostic& each : diagnostics.all())
    if (each.span.end < each.span.begin || each.span.end > size - skip || tree.empty())
      __builtin_trap();
  if (!pflow::lexed_alike(sources.text(file))) __builtin_trap();
  return 0;
}
