/// What a stub gives, as the outputs of the call that it stands for.
#pragma once

#include <vector>

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

class StubOutputs {
 public:
  /// `params`: the slots with the arguments of the call, by port.
  StubOutputs(ExprContext& c, const sema::Callable& target, const sema::CallInfo& call,
              const std::vector<ir::SlotId>& params)
      : c_(c), target_(target), call_(call), params_(params) {}

  /// All outputs, of the value for the main one. The value is invalid where none comes.
  std::vector<ir::ValueId> of_value(ir::ValueId value);
  /// The value as the output: converted; or read as JSON, where each call chooses the type.
  ir::ValueId as_output(size_t output, ir::ValueId value);

 private:
  [[nodiscard]] ir::TypeId type(size_t output) const {
    return c_.module.output_type(call_, output);
  }
  [[nodiscard]] bool is_chosen(size_t output) const {
    return type(output) != target_.outputs[output].type;
  }
  [[nodiscard]] bool is_answer(ir::ValueId value) const;
  std::vector<ir::ValueId> answered(ir::ValueId value);
  ir::ValueId parsed(ir::ValueId text, ir::TypeId to);
  ir::ValueId empty(ir::TypeId type);

  ExprContext& c_;
  const sema::Callable& target_;
  const sema::CallInfo& call_;
  const std::vector<ir::SlotId>& params_;
};

}  // namespace pflow::lowering
