#include "frontend/sema/flow/key_sets.h"

#include <algorithm>

namespace pflow::sema {

KeySets::KeySets(const FlowGraph& graph, const Digraph& forward, const Digraph& backward,
                 const std::vector<bool>& reachable)
    : graph_(graph), forward_(forward), backward_(backward), reachable_(reachable) {
  for (uint32_t n = 0; n < graph.size(); ++n) {
    for (const ast::Name& key : graph.writes(FlowNodeId(n))) keys_.push_back(key.symbol);
  }
  std::sort(keys_.begin(), keys_.end());
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  for (uint32_t i = 0; i < keys_.size(); ++i) numbers_.emplace(keys_[i], i);
  constexpr size_t kBytes = size_t{64} << 20;
  kept_ = std::max<size_t>(4, kBytes / (2 * sizeof(uint64_t) * (graph.size() + 1)));
}

bool KeySets::on_every_path(Symbol key, FlowNodeId node) {
  auto number = numbers_.find(key);
  if (number == numbers_.end()) return false;
  uint64_t every = group(number->second / kKeys).every[node.index];
  return (every >> (number->second % kKeys) & 1) != 0;
}

bool KeySets::on_some_path(Symbol key, FlowNodeId node) {
  auto number = numbers_.find(key);
  if (number == numbers_.end()) return false;
  uint64_t some = group(number->second / kKeys).some[node.index];
  return (some >> (number->second % kKeys) & 1) != 0;
}

const KeySets::Group& KeySets::group(uint32_t number) {
  auto known = std::find_if(groups_.begin(), groups_.end(),
                            [&](const Group& group) { return group.number == number; });
  if (known != groups_.end()) {
    groups_.splice(groups_.begin(), groups_, known);
    return groups_.front();
  }
  if (groups_.size() >= kept_) groups_.pop_back();
  solve(groups_.emplace_front(Group{number, {}, {}}));
  return groups_.front();
}

std::vector<uint64_t> KeySets::writes_of(uint32_t number) const {
  std::vector<uint64_t> writes(graph_.size(), 0);
  size_t first = size_t{number} * kKeys;
  size_t last = std::min(keys_.size(), first + kKeys);
  for (size_t key = first; key < last; ++key) {
    for (FlowNodeId setter : graph_.setters(keys_[key])) {
      writes[setter.index] |= uint64_t{1} << (key - first);
    }
  }
  return writes;
}

void KeySets::solve(Group& group) {
  std::vector<uint64_t> writes = writes_of(group.number);
  group.every.assign(graph_.size(), ~uint64_t{0});
  group.some.assign(graph_.size(), 0);
  uint32_t entry = graph_.entry().index;
  group.every[entry] = 0;
  // Node numbers follow source order, so a first pass in that order settles most.
  std::vector<uint32_t> work;
  std::vector<bool> waits(graph_.size(), false);
  for (uint32_t n = 0; n < graph_.size(); ++n) {
    if (!reachable_[n] || n == entry) continue;
    work.push_back(n);
    waits[n] = true;
  }
  for (size_t i = 0; i < work.size(); ++i) {
    uint32_t node = work[i];
    waits[node] = false;
    uint64_t every = ~uint64_t{0};
    uint64_t some = 0;
    for (uint32_t from : backward_.successors(node)) {
      if (!reachable_[from]) continue;
      every &= group.every[from] | writes[from];
      some |= group.some[from] | writes[from];
    }
    if (every == group.every[node] && some == group.some[node]) continue;
    group.every[node] = every;
    group.some[node] = some;
    for (uint32_t to : forward_.successors(node)) {
      if (waits[to] || to == entry) continue;
      waits[to] = true;
      work.push_back(to);
    }
  }
}

}  // namespace pflow::sema
