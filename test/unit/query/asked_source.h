/// A program in memory, with the standard nodes, for tests that ask about it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "frontend/query/occurrences.h"
#include "test/support/memory_files.h"

namespace pflow::query {

inline MemoryFiles files_of(std::string_view text, MemoryFiles beside = {}) {
  beside.files["main.pf"] = text;
  beside.load_interfaces(PFLOW_NODES, "nodes");
  return beside;
}

struct AskedSource {
  explicit AskedSource(std::string_view text, MemoryFiles beside = {})
      : files(files_of(text, std::move(beside))),
        snapshot("main.pf", files, {"nodes"}),
        occurrences(snapshot) {}

  /// The offset of the n-th `needle`.
  [[nodiscard]] uint32_t offset(std::string_view needle, int n = 1) const {
    std::string_view text = snapshot.sources.text(snapshot.file());
    size_t at = text.find(needle);
    while (--n > 0 && at != std::string_view::npos) at = text.find(needle, at + 1);
    EXPECT_NE(at, std::string_view::npos) << needle;
    return static_cast<uint32_t>(at);
  }

  [[nodiscard]] const Occurrence& at(std::string_view needle, int n = 1) const {
    const Occurrence* found = occurrences.at(snapshot.file(), offset(needle, n));
    EXPECT_NE(found, nullptr) << needle;
    static const Occurrence kNone{};
    return found == nullptr ? kNone : *found;
  }

  MemoryFiles files;
  Snapshot snapshot;
  Occurrences occurrences;
};

}  // namespace pflow::query
