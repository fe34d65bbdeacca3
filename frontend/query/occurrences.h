/// Every name in the files of a program with what it stands for: the table that hover,
/// definition, references, rename and colours look into.
#pragma once

#include <vector>

#include "frontend/query/entity.h"

namespace pflow::query {

class Occurrences {
 public:
  explicit Occurrences(const Snapshot& snapshot);

  /// In the order of files and offsets.
  [[nodiscard]] const std::vector<Occurrence>& all() const { return all_; }
  [[nodiscard]] std::span<const Occurrence> in(FileId file) const;
  /// The name at the offset, also right behind it; null where there is none.
  [[nodiscard]] const Occurrence* at(FileId file, uint32_t offset) const;
  [[nodiscard]] std::vector<Occurrence> of(const Entity& entity) const;

 private:
  std::vector<Occurrence> all_;
};

}  // namespace pflow::query
