#include "support/diagnostics.h"

#include <algorithm>

namespace pflow {

const std::vector<const DiagnosticInfo*>& diagnostic_catalogue() {
  static const std::vector<const DiagnosticInfo*> rows = {
#define PFLOW_DIAGNOSTIC(name, code, severity, text) &diag::name,
#include "support/diagnostics.def"
  };
  return rows;
}

std::string diagnostic_code(const DiagnosticInfo& info) {
  return fmt::format("PF{:04}", info.code);
}

void Diagnostics::add(Diagnostic diagnostic) {
  for (const Diagnostic& earlier : all_)
    if (earlier.info == diagnostic.info && earlier.span == diagnostic.span) return;
  if (diagnostic.info->severity == Severity::Error) ++errors_;
  all_.push_back(std::move(diagnostic));
}

}  // namespace pflow
