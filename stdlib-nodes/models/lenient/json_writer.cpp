#include "json_writer.h"

#include <cstdio>

namespace pf_models::lenient {
namespace {

void add_text(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  out += '"';
}

void add(std::string& out, const Node& node);

void add_members(std::string& out, const Node& node) {
  bool object = node.kind == NodeKind::Object;
  out += object ? '{' : '[';
  bool first = true;
  for (const Member& member : node.members) {
    if (member.value->change == Change::Default) continue;
    if (!first) out += ',';
    first = false;
    if (object) {
      add_text(out, member.key);
      out += ':';
    }
    add(out, *member.value);
  }
  out += object ? '}' : ']';
}

void add(std::string& out, const Node& node) {
  switch (node.kind) {
    case NodeKind::Null: out += "null"; return;
    case NodeKind::False: out += "false"; return;
    case NodeKind::True: out += "true"; return;
    case NodeKind::Number: out += node.text; return;
    case NodeKind::Text: add_text(out, node.text); return;
    case NodeKind::List:
    case NodeKind::Object: add_members(out, node); return;
  }
}

}  // namespace

std::string json_of(const Node& node) {
  std::string made;
  add(made, node);
  return made;
}

}  // namespace pf_models::lenient
