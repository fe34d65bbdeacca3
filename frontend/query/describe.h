/// What a reader is told of a name.
#pragma once

#include <string>

#include "frontend/query/occurrences.h"

namespace pflow::query {

struct Description {
  std::string code;  ///< a declaration in the language's own spelling; may be empty
  std::string text;  ///< Markdown; may be empty
};

[[nodiscard]] Description describe(const Snapshot& snapshot, const Occurrence& occurrence);

}  // namespace pflow::query
