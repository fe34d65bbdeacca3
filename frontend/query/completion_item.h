/// One thing that could stand at a place.
#pragma once

#include <cstdint>
#include <string>

namespace pflow::query {

enum class ItemKind : uint8_t {
  Node,
  Key,
  Field,
  Port,
  Type,
  Policy,
  Label,
  Action,
  Literal,
  Keyword,
  Module,
  File,
};

struct CompletionItem {
  ItemKind kind;
  std::string label;
  std::string detail;  ///< a type or signature
  std::string doc;     ///< Markdown
  std::string insert;  ///< what is put in; empty: the label
  /// Lower ones stand first: what the place asks for before what may stand there, too.
  int rank = 0;
};

}  // namespace pflow::query
