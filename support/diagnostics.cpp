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

size_t Diagnostics::PlaceHash::operator()(const Place& place) const {
  uint64_t bytes = uint64_t{place.span.begin} << 32 | place.span.end;
  uint64_t kind = uint64_t{place.info->code} << 32 | place.span.file.index;
  return std::hash<uint64_t>{}(bytes * 0x9E3779B97F4A7C15u ^ kind);
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (diagnostic.severity != Severity::Error) {
    auto silenced =
        std::find(policy_.silenced.begin(), policy_.silenced.end(), diagnostic.info->name);
    if (silenced != policy_.silenced.end()) return;
    if (policy_.as_errors && diagnostic.severity == Severity::Warning)
      diagnostic.severity = Severity::Error;
  }
  // Without a place, only the text tells two reports apart.
  if (diagnostic.span.valid() && !seen_.insert({diagnostic.info, diagnostic.span}).second) return;
  if (diagnostic.severity == Severity::Error) ++errors_;
  if (keeps_) all_.push_back(std::move(diagnostic));
}

}  // namespace pflow
