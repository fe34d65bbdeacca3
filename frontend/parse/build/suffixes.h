/// What stands behind a stage: `with`, `->`, `as`, in this order.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

void build_policies(Builder& b, FlowParser::PoliciesContext& context, ast::Stage& stage);
/// `with` after a body: `each`, `par` and `repeat` take it before, `if` and
/// `match` not at all. False when reported.
bool check_policies_place(Builder& b, FlowParser::StageContext& context);
/// One report a stage; the edit puts all its suffixes in order. False when one stands
/// twice.
bool check_suffix_order(Builder& b, const std::vector<FlowParser::SuffixContext*>& list);
void build_suffixes(Builder& b, const std::vector<FlowParser::SuffixContext*>& list,
                    ast::Stage& stage);

}  // namespace pflow::parse
