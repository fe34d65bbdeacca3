/// Ports of flows and nodes, and type parameters.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// Where ports stand.
struct PortRole {
  bool inputs;
  bool native;  ///< of an `extern node`: reserved words name ports, too
  bool any_word = native;
};

std::span<const ast::Port> build_ports(Builder& b, FlowParser::PortsContext& context,
                                       PortRole role);
std::span<const ast::Name> type_params(Builder& b, FlowParser::TypeParamsContext* context);
/// Reports type parameters where none may stand.
void no_type_params(Builder& b, FlowParser::TypeParamsContext* context);

}  // namespace pflow::parse
