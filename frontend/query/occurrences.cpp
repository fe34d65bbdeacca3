#include "frontend/query/occurrences.h"

#include <algorithm>

#include "frontend/query/name_walk.h"

namespace pflow::query {

namespace {

bool comes_before(const Occurrence& a, const Occurrence& b) {
  if (a.span.file != b.span.file) return a.span.file < b.span.file;
  return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end < b.span.end;
}

}  // namespace

Occurrences::Occurrences(const Snapshot& snapshot) {
  NameWalk walk(snapshot, all_);
  for (const ast::File* file : snapshot.program().files) walk.file(*file);
  std::stable_sort(all_.begin(), all_.end(), comes_before);
  // A name may be looked at twice, as the short form `{ name }` of a field.
  auto same = [](const Occurrence& a, const Occurrence& b) {
    return a.span == b.span && a.entity == b.entity;
  };
  all_.erase(std::unique(all_.begin(), all_.end(), same), all_.end());
}

std::span<const Occurrence> Occurrences::in(FileId file) const {
  auto begin =
      std::ranges::lower_bound(all_, file, {}, [](const Occurrence& o) { return o.span.file; });
  auto end =
      std::ranges::upper_bound(all_, file, {}, [](const Occurrence& o) { return o.span.file; });
  return {begin, end};
}

const Occurrence* Occurrences::at(FileId file, uint32_t offset) const {
  const Occurrence* before = nullptr;
  for (const Occurrence& occurrence : in(file)) {
    if (occurrence.span.begin > offset) break;
    if (offset < occurrence.span.end) return &occurrence;
    if (offset == occurrence.span.end) before = &occurrence;
  }
  return before;
}

std::vector<Occurrence> Occurrences::of(const Entity& entity) const {
  std::vector<Occurrence> found;
  for (const Occurrence& occurrence : all_)
    if (occurrence.entity == entity) found.push_back(occurrence);
  return found;
}

}  // namespace pflow::query
