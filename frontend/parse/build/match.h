/// `match` as an expression; arms and patterns of every `match`.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

const ast::Expr* match_expr(Builder& b, FlowParser::MatchExprContext& context);
std::span<const ast::Pattern> build_patterns(Builder& b, FlowParser::MatchArmContext& context);
void check_arm_separators(Builder& b, FlowParser::MatchExprContext& context);
/// An arm that is no `wanted`: a stage, a value.
void report_arm(Builder& b, FlowParser::StatementContext& context, std::string_view wanted);

}  // namespace pflow::parse
