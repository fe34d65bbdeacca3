/// Stages with bodies: `each`, `repeat`, `if`, `match`.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

const ast::EachForm* each_form(Builder& b, FlowParser::EachFormContext& context, bool first);
const ast::RepeatForm* repeat_form(Builder& b, FlowParser::RepeatFormContext& context);
const ast::IfForm* if_form(Builder& b, FlowParser::IfExprContext& context);
const ast::MatchForm* match_form(Builder& b, FlowParser::MatchExprContext& context);

}  // namespace pflow::parse
