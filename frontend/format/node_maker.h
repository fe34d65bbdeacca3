/// Makes nodes and measures them.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/format/layout.h"
#include "frontend/format/source_tokens.h"
#include "support/arena.h"

namespace pflow::format {

class NodeMaker {
 public:
  NodeMaker(const SourceTokens& tokens, Arena& arena) : tokens_(&tokens), arena_(&arena) {}

  [[nodiscard]] Node* text(uint32_t begin, uint32_t end);
  /// A node of the parts; `begin` and `end` are its tokens.
  [[nodiscard]] Node* make(Kind kind, const std::vector<Part>& parts, size_t from, uint32_t begin,
                           uint32_t end);
  /// Measures a node anew whose flags have changed.
  void measure(Node& node) const;

 private:
  void measure_brackets(Node& node) const;
  void measure_row(Node& node) const;
  void measure_ends(Node& node) const;

  const SourceTokens* tokens_;
  Arena* arena_;
};

/// Columns of a text on one line.
[[nodiscard]] uint32_t columns(std::string_view text);

}  // namespace pflow::format
