/// Chains and their stages.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

ast::Chain build_chain(Builder& b, const std::vector<FlowParser::StageContext*>& stages,
                       const std::vector<FlowParser::ChainOpContext*>& operators, Span span);

}  // namespace pflow::parse
