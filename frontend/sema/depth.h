/// Pass 0: expressions whose depth no later pass could recurse into. The parser
/// bounds what brackets nest; `a + b + …` and `x.f().g()…` nest without any.
#pragma once

#include "frontend/ast/ast.h"
#include "support/diagnostics.h"

namespace pflow::sema {

inline constexpr size_t kMaxDepth = 1000;

/// Reports each expression of the file that is deeper than kMaxDepth. False when
/// there was one: then no other pass may look at the file.
bool check_depth(const ast::File& file, Diagnostics& diagnostics);

}  // namespace pflow::sema
