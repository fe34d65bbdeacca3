#include "frontend/lower/expr/expr_context.h"

#include "frontend/lower/expr/convert.h"

namespace pflow::lowering {

ir::ValueId ExprContext::convert(ir::ValueId value, ir::TypeId to) {
  return lowering::convert(builder, types, value, to);
}

}  // namespace pflow::lowering
