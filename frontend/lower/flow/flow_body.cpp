#include "frontend/lower/flow/flow_body.h"

#include <utility>

#include "frontend/lower/flow/ends.h"
#include "frontend/lower/flow/failures.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::SlotId;

namespace {

void start_slots_at_zero(FlowContext& f) {
  f.builder.set_span(f.part.span);
  for (const ir::SlotId counter : f.zeroed) f.builder.store(counter, f.builder.const_int(0));
  for (const ir::SlotId flag : f.exprs.keys.own_flags())
    f.builder.store(flag, f.builder.const_bool(false));
}

}  // namespace

void lower_pending(FlowContext& f) {
  while (!f.pending.empty()) {
    const PendingChain next = f.pending.front();
    f.pending.erase(f.pending.begin());
    f.builder.enter(next.block);
    f.builder.set_span(next.statement->span);
    auto lower = [&] {
      Held value = f.lower(next.statement->chain);
      if (f.builder.open()) end_flow(f, value);
    };
    if (next.takes_error)
      handle_failure(f, next.error_key, lower);
    else
      lower();
  }
}

ir::Function lower_body(FlowContext& f, const std::function<Held()>& body) {
  f.exprs.keys.add_params(f.part);
  const BlockId entry = f.builder.current();
  const BlockId start = f.builder.block("start");
  f.builder.enter(start);
  Held value = body();
  if (f.builder.open()) end_flow(f, value);
  lower_pending(f);
  f.builder.enter(entry);
  start_slots_at_zero(f);
  f.builder.jump(start);
  for (const CarriedKey& out : f.part.results)
    f.builder.function().results.push_back(f.builder.type(f.exprs.keys.slot(out)));
  if (!f.part.result_types.empty()) f.builder.function().results = f.part.result_types;
  if (f.part.value.valid()) f.builder.function().results.push_back(f.part.value);
  return f.builder.take();
}

}  // namespace pflow::lowering
