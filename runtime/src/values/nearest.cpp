#include "runtime/src/values/nearest.h"

#include <strings.h>

#include <algorithm>

namespace pflow::rt {
namespace {

constexpr size_t kMaxLength = 63;

/// Edits (insert, delete, replace, swap of neighbours) from `a` to `b`.
size_t edit_distance(pf_str a, pf_str b) {
  size_t rows[3][kMaxLength + 1];
  size_t *before = rows[0], *last = rows[1], *row = rows[2];
  for (size_t j = 0; j <= b.len; ++j) last[j] = j;
  for (size_t i = 1; i <= a.len; ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.len; ++j) {
      bool same = a.data[i - 1] == b.data[j - 1];
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      bool swapped =
          i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    size_t* oldest = before;
    before = last;
    last = row;
    row = oldest;
  }
  return last[b.len];
}

}  // namespace

bool Nearest::consider(pf_str candidate) {
  if (word_.len <= 2 || word_.len > kMaxLength || candidate.len > kMaxLength) return false;
  bool same = word_.len == candidate.len && strncasecmp(word_.data, candidate.data, word_.len) == 0;
  size_t distance = same ? 0 : edit_distance(word_, candidate);
  if (distance > std::max<size_t>(word_.len, 3) / 3 || distance >= distance_) return false;
  best_ = candidate;
  distance_ = distance;
  return true;
}

}  // namespace pflow::rt

int64_t pf_nearest(const pf_str* word, const pf_str* candidates, size_t count) {
  pflow::rt::Nearest nearest(*word);
  int64_t found = -1;
  for (size_t i = 0; i < count; ++i)
    if (nearest.consider(candidates[i])) found = static_cast<int64_t>(i);
  return found;
}
