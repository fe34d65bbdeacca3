/// Where statements read and write keys: by their names, by `->`, and by what binds a
/// port without a word.
#pragma once

#include <vector>

#include "frontend/sema/checked.h"

namespace pflow::sema {

struct KeyAccess {
  KeyId key;
  Span span;
  bool writes;
};

/// Appends the accesses of the statement and of all blocks in it, in source order of
/// its stages. What it keeps to itself (lambda parameters, items, `error`) is among them.
void collect_accesses(const Program& program, const ast::Statement& statement,
                      std::vector<KeyAccess>& out);

}  // namespace pflow::sema
