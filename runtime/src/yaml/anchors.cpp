#include "runtime/src/yaml/anchors.h"

namespace pflow {
namespace {

uint64_t hash_of(std::string_view name) {
  uint64_t hash = 14695981039346656037U;
  for (char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash ^ hash >> 32;
}

}  // namespace

size_t& YamlAnchors::chain_of(std::string_view name) {
  return chains_[hash_of(name) & (chains_.size() - 1)];
}

void YamlAnchors::rebuild() {
  size_t wanted = chains_.empty() ? 16 : chains_.size() * 2;
  chains_.cut(0);
  while (chains_.size() < wanted) chains_.add(0);
  for (size_t number = 0; number < anchors_.size(); ++number) {
    size_t& chain = chain_of(anchors_[number].name);
    anchors_[number].next_alike = chain;
    chain = number + 1;
  }
}

size_t YamlAnchors::add(std::string_view name) {
  if (anchors_.size() == chains_.size()) rebuild();
  size_t& chain = chain_of(name);
  YamlAnchor anchor{};
  anchor.name = name;
  anchor.next_alike = chain;
  anchors_.add(anchor);
  chain = anchors_.size();
  return chain - 1;
}

YamlAnchor* YamlAnchors::find(std::string_view name) {
  if (anchors_.empty()) return nullptr;
  for (size_t at = chain_of(name); at != 0; at = anchors_[at - 1].next_alike)
    if (anchors_[at - 1].name == name) return &anchors_[at - 1];
  return nullptr;
}

}  // namespace pflow
