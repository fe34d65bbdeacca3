/// Loops over a list, a stream or numbers: from `begin_…` on ops go to the body, from
/// `end_loop` on behind it.
#pragma once

#include <string>

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

struct Loop {
  std::string name;
  ir::SlotId list;  ///< none: the items are the numbers from `index` up to `count`
  ir::SlotId index, count;
  ir::SlotId item;  ///< over a stream
  ir::BlockId head, body, done;
};

Loop begin_loop(ExprContext& c, std::string name, ir::ValueId list);
/// Over the numbers from `from` up to, without, `to`.
Loop begin_counting_loop(ExprContext& c, std::string name, ir::ValueId from, ir::ValueId to);
Loop begin_stream_loop(ExprContext& c, std::string name, ir::ValueId stream);
ir::ValueId loop_item(ExprContext& c, const Loop& loop);
/// Goes on with the next item.
void end_loop(ExprContext& c, const Loop& loop);

}  // namespace pflow::lowering
