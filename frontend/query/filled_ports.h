/// Ports that no argument binds: the key of their name fills them.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/query/occurrences.h"

namespace pflow::query {

struct FilledPort {
  std::string_view name;  ///< of both
  Entity port;
  Entity key;
  Span end;       ///< empty, where a further argument would stand
  bool is_first;  ///< the call has no arguments
};

/// In the file itself, in the order of places.
[[nodiscard]] std::vector<FilledPort> filled_ports(const Snapshot& snapshot,
                                                   const Occurrences& occurrences);

/// What an editor shows between the letters of a text.
struct Hint {
  uint32_t offset;
  std::string label;
  bool is_type;        ///< else an argument
  bool is_first;       ///< an argument behind `(`
  std::string insert;  ///< what would say the same in the text; empty where nothing would
};

/// The types of keys without annotation, and the ports that keys fill.
[[nodiscard]] std::vector<Hint> hints(const Snapshot& snapshot, const Occurrences& occurrences);

}  // namespace pflow::query
