/// A call that is a stage of its own.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The stage that a call is the whole of.
struct StageCall {
  const ast::Stage& stage;
  const ast::Stage* previous = nullptr;  ///< left of `>>`
  ir::TypeId piped;                      ///< what `>>` brings; void without
};

}  // namespace pflow::sema
