/// The names that an expression evaluates, in order of evaluation.
#pragma once

#include <functional>
#include <vector>

#include "frontend/ast/ast.h"
#include "frontend/sema/flow/flow_shape.h"

namespace pflow::sema {

/// The stage that a name labels; null when it is none.
using LabelledStage = std::function<const ast::Stage*(Symbol name)>;

/// Appends the reads of `expr` to `out`. Names bound inside the expression
/// (lambda parameters, lets of its blocks) and called names are left out; names
/// of nodes given as arguments are not. Does not recurse: left-grouped operators
/// make trees as deep as the source is long.
void scan_reads(const ast::Expr& expr, const LabelledStage& labelled, std::vector<Read>& out);

}  // namespace pflow::sema
