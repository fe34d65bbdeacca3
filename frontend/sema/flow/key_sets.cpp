#include "frontend/sema/flow/key_sets.h"

#include <algorithm>

namespace pflow::sema {

KeySets::KeySets(const FlowShape& shape, const Digraph& forward, const Digraph& backward)
    : shape_(shape),
      forward_(forward),
      backward_(backward),
      order_(reverse_postorder(forward)),
      reachable_(shape.size(), false),
      writes_(shape.size(), 0) {
  std::vector<uint32_t> place(shape.size(), 0);
  for (uint32_t i = 0; i < order_.size(); ++i) {
    reachable_[order_[i]] = true;
    place[order_[i]] = i;
  }
  for (uint32_t node : order_) {
    for (uint32_t from : backward.successors(node)) {
      if (!reachable_[from] || place[from] < place[node]) continue;
      loop_heads_.push_back(node);
      break;
    }
  }
  for (uint32_t n = 0; n < shape.size(); ++n) {
    for (const ast::Name& key : shape.writes(FlowNodeId(n))) keys_.push_back(key.symbol);
  }
  std::sort(keys_.begin(), keys_.end());
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  for (uint32_t i = 0; i < keys_.size(); ++i) numbers_.emplace(keys_[i], i);
  constexpr size_t kBytes = size_t{64} << 20;
  kept_ = std::max<size_t>(4, kBytes / (2 * sizeof(uint64_t) * (shape.size() + 1)));
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

void KeySets::mark_writes(uint32_t number) {
  std::fill(writes_.begin(), writes_.end(), 0);
  size_t first = size_t{number} * kKeys;
  size_t last = std::min(keys_.size(), first + kKeys);
  for (size_t key = first; key < last; ++key) {
    for (FlowNodeId setter : shape_.setters(keys_[key])) {
      writes_[setter.index] |= uint64_t{1} << (key - first);
    }
  }
}

bool KeySets::update(Group& group, uint32_t node) {
  uint64_t every = ~uint64_t{0};
  uint64_t some = 0;
  for (uint32_t from : backward_.successors(node)) {
    if (!reachable_[from]) continue;
    every &= group.every[from] | writes_[from];
    some |= group.some[from] | writes_[from];
  }
  if (every == group.every[node] && some == group.some[node]) return false;
  group.every[node] = every;
  group.some[node] = some;
  return true;
}

/// One pass settles everything that is in no loop; the rest follows from the heads.
void KeySets::solve(Group& group) {
  mark_writes(group.number);
  group.every.assign(shape_.size(), ~uint64_t{0});
  group.some.assign(shape_.size(), 0);
  uint32_t entry = shape_.entry().index;
  group.every[entry] = 0;
  for (uint32_t node : order_) {
    if (node != entry) update(group, node);
  }
  std::vector<uint32_t> work = loop_heads_;
  std::vector<bool> waits(shape_.size(), false);
  for (uint32_t head : work) waits[head] = true;
  for (size_t i = 0; i < work.size(); ++i) {
    uint32_t node = work[i];
    waits[node] = false;
    if (!update(group, node)) continue;
    for (uint32_t to : forward_.successors(node)) {
      if (waits[to]) continue;
      waits[to] = true;
      work.push_back(to);
    }
  }
}

}  // namespace pflow::sema
