/// One handler per op, declared from the table: one that is missing does not link.
#pragma once

#include "ir/ir.h"

namespace pflow::codegen {

class FunctionEmitter;

#define PFLOW_OP(name, text, operands, result, consumes, flags, fields) \
  void emit_##name(FunctionEmitter& f, const ir::Op& op);
#include "ir/ops.def"

void emit_op(FunctionEmitter& f, const ir::Op& op);

}  // namespace pflow::codegen
