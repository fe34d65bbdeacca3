#include "frontend/ast/print.h"

#include "frontend/ast/printer.h"

namespace pflow::ast {

std::string print(const File& file, const Interner& names, const PrintOptions& options) {
  Printer printer(names, options.places);
  printer.file(file);
  return printer.take();
}

}  // namespace pflow::ast
