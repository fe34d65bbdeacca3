/// Makes the tree of libyaml's events.
#pragma once

#include <yaml.h>

#include "runtime/src/values/arena.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/row.h"
#include "runtime/src/yaml/anchors.h"

namespace pflow {

class YamlTreeBuilder {
 public:
  explicit YamlTreeBuilder(rt::Arena& arena) : arena_(arena) {}

  /// False: `problem` says why.
  bool take(const yaml_event_t& event);
  /// After the last event.
  [[nodiscard]] YamlNode root() { return pending_.empty() ? YamlNode() : pending_[0]; }
  [[nodiscard]] YamlProblem problem();

 private:
  static constexpr size_t kMaxDepth = 1000;
  static constexpr size_t kMaxRepeated = size_t{64} << 20;
  static constexpr size_t kNoAnchor = SIZE_MAX;

  /// A list or a map that is not complete; its children are the last ones in `pending_`.
  struct Open {
    YamlNode node;
    size_t first;
    size_t weight;
    size_t anchor;
    const char* tag;  ///< null when there is none
  };

  bool scalar(const yaml_event_t& event);
  bool alias(const yaml_event_t& event);
  bool open(const yaml_event_t& event, YamlKind kind, const yaml_char_t* tag,
            const yaml_char_t* anchor);
  bool close();
  bool close_map(Open& map);
  bool add(const YamlNode& node, size_t weight);
  bool check_keys(const YamlNode& map);
  [[nodiscard]] bool at_key() { return !open_.empty() && is_key(open_.last()); }
  [[nodiscard]] bool is_key(const Open& open) {
    return open.node.kind == YamlKind::Map && (pending_.size() - open.first) % 2 == 0;
  }
  size_t add_anchor(const yaml_char_t* name);
  void complete(size_t anchor, const YamlNode& node, size_t weight);
  bool fail(const YamlNode& at);
  bool fail(const YamlNode& at, const char* why);

  rt::Arena& arena_;
  rt::Row<YamlNode> pending_;
  rt::Row<Open> open_;
  YamlAnchors anchors_;
  size_t repeated_ = 0;
  bool has_document_ = false;
  rt::Buffer why_;
  YamlNode wrong_;
};

}  // namespace pflow
