/// Numbers, durations and the other literals of one token.
/// What is out of range is reported and becomes an error expression.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

const ast::Expr* build_literal(Builder& b, const antlr4::Token& token);
/// `negated`: the literal is the smallest int, whose sign belongs to it.
const ast::Expr* int_literal(Builder& b, Span span, bool negated);

}  // namespace pflow::parse
