/// Another name for one thing of a program, everywhere it is named.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "frontend/query/occurrences.h"

namespace pflow::query {

/// Why the entity has the name that it has, in the user's words; empty when it can have another.
[[nodiscard]] std::string why_not_renamed(const Snapshot& snapshot, const Occurrence& occurrence);

struct Renaming {
  std::vector<Edit> edits;  ///< in the snapshot's own file, in the order of places
  bool binds = false;       ///< arguments were added: a key no longer has its port's name
};

/// The edits that give what `is_meant` says the name `name`. Ports that a key filled by its name
/// are bound by an argument from then on.
[[nodiscard]] Renaming rename(const Snapshot& snapshot, const Occurrences& occurrences,
                              const std::function<bool(const Entity&)>& is_meant,
                              const std::string& name);

/// Whether each name of one program means what the name at its place means in the other.
[[nodiscard]] bool mean_the_same(const Snapshot& a, const Occurrences& of_a, const Snapshot& b,
                                 const Occurrences& of_b);

}  // namespace pflow::query
