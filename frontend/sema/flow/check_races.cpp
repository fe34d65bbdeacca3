/// What one branch of a `par` assigns, no other branch reads or assigns.
#include <unordered_map>

#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/key_access.h"

namespace pflow::sema {
namespace {

struct KeyPlace {
  size_t branch = 0;
  Span span;
  bool is_set = false;
};

/// What earlier branches do with a key: reads of two branches, since either may stand
/// against a write.
struct KeyUse {
  KeyPlace write, read, other_read;
  bool reported = false;
};

void report_race(FlowContext& context, KeyId key, const KeyAccess& here, const KeyPlace& other,
                 bool other_writes) {
  context.diagnostics
      .report(diag::branches_race, here.span, context.text(context.program.key(key).name))
      .label(here.writes ? "assigned here" : "read here")
      .secondary(other.span, other_writes ? "another branch assigns it" : "another branch reads it")
      .note("branches of a `par` run at once: what one assigns is read after the `par`");
}

void visit(FlowContext& context, KeyUse& use, const KeyAccess& access, size_t branch) {
  auto against = [&](const KeyPlace& place, bool writes) {
    if (use.reported || !place.is_set || place.branch == branch) return;
    use.reported = true;
    report_race(context, access.key, access, place, writes);
  };
  against(use.write, true);
  if (access.writes) {
    against(use.read, false);
    against(use.other_read, false);
    if (!use.write.is_set) use.write = {branch, access.span, true};
    return;
  }
  KeyPlace& read = use.read.is_set && use.read.branch != branch ? use.other_read : use.read;
  if (!read.is_set) read = {branch, access.span, true};
}

}  // namespace

void check_races(FlowContext& context) {
  for (const ast::Stage* stage : context.graph.stages()) {
    if (stage->kind != ast::StageKind::Par) continue;
    std::unordered_map<KeyId, KeyUse> uses;
    std::vector<KeyAccess> accesses;
    for (size_t branch = 0; branch < stage->block->statements.size(); ++branch) {
      accesses.clear();
      collect_accesses(context.program, *stage->block->statements[branch], accesses);
      for (const KeyAccess& access : accesses) visit(context, uses[access.key], access, branch);
    }
  }
}

}  // namespace pflow::sema
