#include "frontend/graph/graph.h"

namespace pflow::graph {

std::string_view word(NodeKind kind) {
  switch (kind) {
    case NodeKind::Start: return "start";
    case NodeKind::End: return "end";
    case NodeKind::Call: return "call";
    case NodeKind::Value: return "value";
    case NodeKind::Choice: return "choice";
    case NodeKind::Leave: return "leave";
    case NodeKind::Each: return "each";
    case NodeKind::Par: return "par";
    case NodeKind::Repeat: return "repeat";
    case NodeKind::Block: return "block";
    case NodeKind::OnError: return "on_error";
  }
}

std::string_view word(Group group) {
  switch (group) {
    case Group::Pure: return "pure";
    case Group::Files: return "files";
    case Group::Network: return "network";
    case Group::Model: return "model";
    case Group::Process: return "process";
    case Group::Terminal: return "terminal";
    case Group::System: return "system";
    case Group::Flow: return "flow";
  }
}

std::string_view word(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::Next: return "next";
    case EdgeKind::Action: return "action";
    case EdgeKind::Error: return "error";
    case EdgeKind::Fallback: return "fallback";
  }
}

}  // namespace pflow::graph
