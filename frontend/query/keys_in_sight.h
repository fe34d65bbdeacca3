/// The keys and labels that can be named at a place of a flow or node.
#pragma once

#include <vector>

#include "frontend/query/snapshot.h"

namespace pflow::query {

/// One key a name, those that are set before the place first.
[[nodiscard]] std::vector<sema::KeyId> keys_in_sight(const Snapshot& snapshot,
                                                     const ast::Decl& decl, uint32_t offset);

struct LabelInSight {
  ast::Name name;
  const ast::Stage* stage;
};
[[nodiscard]] std::vector<LabelInSight> labels_in_sight(const ast::Decl& decl, uint32_t offset);

}  // namespace pflow::query
