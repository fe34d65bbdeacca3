/// What a file declares, as a tree, and which of its lines fold.
#pragma once

#include <string>
#include <vector>

#include "frontend/query/snapshot.h"

namespace pflow::query {

enum class OutlineKind : uint8_t { Flow, Node, Schema, Type, Test, Field, Parameter, Key, Label };

struct OutlineItem {
  OutlineKind kind;
  std::string name;
  std::string detail;  ///< its signature or type, as written
  Span span;           ///< the whole
  Span name_span;      ///< lies in `span`
  std::vector<OutlineItem> children;
};

/// In source order.
[[nodiscard]] std::vector<OutlineItem> outline(const Snapshot& snapshot);

/// Lines [first, last] of which the first stays to be seen; both from 1, first < last.
struct Fold {
  enum class Kind : uint8_t { Code, Comment, Imports } kind;
  uint32_t first;
  uint32_t last;
};

/// In the order of their first lines; no two begin on one line.
[[nodiscard]] std::vector<Fold> folds(const Snapshot& snapshot);

}  // namespace pflow::query
