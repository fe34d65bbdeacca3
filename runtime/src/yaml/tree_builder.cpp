#include "runtime/src/yaml/tree_builder.h"

#include <algorithm>

#include "runtime/src/yaml/scalar_types.h"
#include "runtime/src/yaml/tags.h"

namespace pflow {
namespace {

const char* chars(const yaml_char_t* text) { return reinterpret_cast<const char*>(text); }

/// Names the place alone.
YamlNode node_at(const yaml_event_t& event) {
  YamlNode node;
  node.line = static_cast<uint32_t>(event.start_mark.line + 1);
  node.column = static_cast<uint32_t>(event.start_mark.column + 1);
  return node;
}

bool same_key(const YamlNode& a, const YamlNode& b) { return a.kind == b.kind && a.text == b.text; }

/// Equal keys next to each other, in the order of the file.
bool sorts_before(const YamlEntry* a, const YamlEntry* b) {
  if (a->key.kind != b->key.kind) return a->key.kind < b->key.kind;
  int order = a->key.text.compare(b->key.text);
  return order != 0 ? order < 0 : a < b;
}

}  // namespace

bool YamlTreeBuilder::fail(const YamlNode& at) {
  wrong_ = at;
  return false;
}

bool YamlTreeBuilder::fail(const YamlNode& at, const char* why) {
  why_.add(why);
  return fail(at);
}

YamlProblem YamlTreeBuilder::problem() {
  YamlProblem problem;
  problem.line = wrong_.line;
  problem.column = wrong_.column;
  problem.message = why_.take();
  return problem;
}

bool YamlTreeBuilder::take(const yaml_event_t& event) {
  if (event.type == YAML_SCALAR_EVENT) return scalar(event);
  if (event.type == YAML_ALIAS_EVENT) return alias(event);
  if (event.type == YAML_SEQUENCE_START_EVENT)
    return open(event, YamlKind::List, event.data.sequence_start.tag,
                event.data.sequence_start.anchor);
  if (event.type == YAML_MAPPING_START_EVENT)
    return open(event, YamlKind::Map, event.data.mapping_start.tag,
                event.data.mapping_start.anchor);
  if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT) return close();
  if (event.type != YAML_DOCUMENT_START_EVENT) return true;
  if (has_document_) return fail(node_at(event), "a second document; one is expected");
  has_document_ = true;
  return true;
}

bool YamlTreeBuilder::scalar(const yaml_event_t& event) {
  const auto& scalar = event.data.scalar;
  YamlNode node = node_at(event);
  node.kind = YamlKind::Text;
  node.text = arena_.copy({chars(scalar.value), scalar.length});
  if (!scalar.tag && scalar.plain_implicit) {
    if (at_key() && node.text == "<<")
      return fail(node, "merge keys (`<<`) are not read; write the entries out");
    node.kind = type_of_plain(node.text);
  }
  YamlTags tags{arena_, why_};
  if (scalar.tag && !tags.scalar(chars(scalar.tag), node)) return fail(node);
  size_t weight = 1 + node.text.size();
  complete(add_anchor(scalar.anchor), node, weight);
  return add(node, weight);
}

bool YamlTreeBuilder::alias(const yaml_event_t& event) {
  std::string_view name = chars(event.data.alias.anchor);
  YamlNode node = node_at(event);
  YamlAnchor* anchor = anchors_.find(name);
  if (!anchor) {
    why_.format("`*%.*s` has no anchor `&%.*s` before it", static_cast<int>(name.size()),
                name.data(), static_cast<int>(name.size()), name.data());
    return fail(node);
  }
  if (!anchor->complete) return fail(node, "an alias within what it stands for");
  repeated_ += anchor->weight;
  if (repeated_ > kMaxRepeated) return fail(node, "aliases repeat more than 64 MiB");
  YamlNode repeated = anchor->node;
  repeated.line = node.line;
  repeated.column = node.column;
  return add(repeated, anchor->weight);
}

bool YamlTreeBuilder::open(const yaml_event_t& event, YamlKind kind, const yaml_char_t* tag,
                           const yaml_char_t* anchor) {
  Open opened{node_at(event), pending_.size(), 1, kNoAnchor, nullptr};
  opened.node.kind = kind;
  if (at_key()) return fail(opened.node, "a key is a single value, no list and no map");
  if (open_.size() == kMaxDepth) return fail(opened.node, "it is nested deeper than 1,000");
  if (tag) {
    YamlTags tags{arena_, why_};
    if (kind == YamlKind::List && !tags.list(chars(tag))) return fail(opened.node);
    std::string_view text = chars(tag);
    opened.tag = arena_.copy({text.data(), text.size() + 1}).data();
  }
  opened.anchor = add_anchor(anchor);
  open_.add(opened);
  return true;
}

bool YamlTreeBuilder::close() {
  Open closed = open_.last();
  size_t count = pending_.size() - closed.first;
  auto* children = static_cast<YamlNode*>(arena_.room(count * sizeof(YamlNode)));
  std::copy_n(pending_.begin() + closed.first, count, children);
  if (closed.node.kind == YamlKind::List)
    closed.node.items = {children, count};
  else
    closed.node.entries = {reinterpret_cast<const YamlEntry*>(children), count / 2};
  if (closed.node.kind == YamlKind::Map && !close_map(closed)) return false;
  pending_.cut(closed.first);
  open_.cut(open_.size() - 1);
  complete(closed.anchor, closed.node, closed.weight);
  return add(closed.node, closed.weight);
}

bool YamlTreeBuilder::close_map(Open& map) {
  static_assert(sizeof(YamlEntry) == 2 * sizeof(YamlNode));
  if (!check_keys(map.node)) return false;
  YamlTags tags{arena_, why_};
  return !map.tag || tags.map(map.tag, map.node) || fail(map.node);
}

bool YamlTreeBuilder::check_keys(const YamlNode& map) {
  rt::Row<uint32_t> sorted;
  for (size_t i = 0; i < map.entries.size(); ++i) sorted.add(static_cast<uint32_t>(i));
  std::sort(sorted.begin(), sorted.end(), [&](uint32_t a, uint32_t b) {
    return sorts_before(map.entries.data() + a, map.entries.data() + b);
  });
  for (size_t i = 1; i < sorted.size(); ++i) {
    const YamlNode& first = map.entries[sorted[i - 1]].key;
    const YamlNode& second = map.entries[sorted[i]].key;
    if (!same_key(first, second)) continue;
    why_.format("the key `%.*s` stands twice; first in line %u",
                static_cast<int>(std::min<size_t>(second.text.size(), 80)), second.text.data(),
                first.line);
    return fail(second);
  }
  return true;
}

bool YamlTreeBuilder::add(const YamlNode& node, size_t weight) {
  if (!open_.empty()) {
    if (at_key() && (node.kind == YamlKind::List || node.kind == YamlKind::Map))
      return fail(node, "a key is a single value, no list and no map");
    open_.last().weight += weight;
  }
  pending_.add(node);
  return true;
}

size_t YamlTreeBuilder::add_anchor(const yaml_char_t* name) {
  return name ? anchors_.add(arena_.copy(chars(name))) : kNoAnchor;
}

void YamlTreeBuilder::complete(size_t anchor, const YamlNode& node, size_t weight) {
  if (anchor == kNoAnchor) return;
  anchors_[anchor].node = node;
  anchors_[anchor].weight = weight;
  anchors_[anchor].complete = true;
}

}  // namespace pflow
