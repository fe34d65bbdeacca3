#include "frontend/sema/nearest.h"

#include <algorithm>

namespace pflow::sema {

void suggest_nearest(DiagnosticBuilder& report, std::string_view name, Span span,
                     std::vector<std::string_view> candidates, std::string_view kind) {
  std::sort(candidates.begin(), candidates.end());
  std::string_view nearest = nearest_name(name, candidates);
  if (nearest.empty() || nearest == name) return;
  bool vowel = std::string_view("aeiou").find(kind.front()) != std::string_view::npos;
  report.help(
      fmt::format("{} {} with a similar name exists: `{}`", vowel ? "an" : "a", kind, nearest),
      {span, std::string(nearest)});
}

}  // namespace pflow::sema
