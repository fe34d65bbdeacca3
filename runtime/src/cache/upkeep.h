/// What is stored, and its removal: for `pflowc cache`. Safe beside running flows.
#pragma once

#include <stdint.h>

#include <string>
#include <vector>

namespace pflow::rt {

struct NodeShare {
  std::string node;
  int64_t entries = 0;
  int64_t bytes = 0;
};

struct CacheContent {
  std::string path;
  bool exists = false;
  int64_t entries = 0;
  int64_t bytes = 0;             ///< of the entries, which PFLOW_CACHE_SIZE bounds
  std::vector<NodeShare> nodes;  ///< the largest first
};

struct Selection {
  std::string node;         ///< empty: of all nodes
  int64_t older_than = -1;  ///< nanoseconds; negative: of any age
};

/// `30d`, as the language writes durations. False: it is none.
[[nodiscard]] bool read_age(const std::string& text, int64_t& out);

/// Changes nothing. Returns what is wrong; empty: nothing.
[[nodiscard]] std::string read_cache(CacheContent& out);
/// Removes what is selected and gives the room back to the disk; a broken file goes as a
/// whole. Returns what is wrong; `removed` are the entries that went.
[[nodiscard]] std::string clear_cache(const Selection& selection, int64_t& removed);

}  // namespace pflow::rt
