#include <algorithm>
#include <string>

#include "support/diagnostics.h"

namespace pflow {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// Edits by insertion, removal, replacement and swap of neighbours, each letter
/// edited once; `bound + 1` when there are more than `bound`.
size_t edit_distance(std::string_view a, std::string_view b, size_t bound) {
  size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > bound) return bound + 1;
  std::vector<size_t> before_last(b.size() + 1);
  std::vector<size_t> last(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view name,
                              const std::vector<std::string_view>& candidates) {
  if (name.size() <= 2) return {};
  std::string wanted = lower(name);
  for (std::string_view candidate : candidates)
    if (candidate != name && lower(candidate) == wanted) return candidate;
  std::string_view best;
  size_t best_distance = std::max<size_t>(name.size(), 3) / 3 + 1;
  for (std::string_view candidate : candidates) {
    if (candidate.empty() || candidate == name) continue;
    size_t distance = edit_distance(wanted, lower(candidate), best_distance - 1);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace pflow
