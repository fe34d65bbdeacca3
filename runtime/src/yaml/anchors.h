/// What aliases stand for.
#pragma once

#include "pflow/yaml.hpp"
#include "runtime/src/values/row.h"

namespace pflow {

struct YamlAnchor {
  std::string_view name;
  YamlNode node;
  size_t weight = 0;      ///< what repeating the node costs
  bool complete = false;  ///< false within the node itself
  size_t next_alike = 0;  ///< the next one of its chain, plus 1
};

/// By name; of two with one name the later counts.
class YamlAnchors {
 public:
  /// Gives the number of the new one.
  size_t add(std::string_view name);
  YamlAnchor& operator[](size_t number) { return anchors_[number]; }
  /// Null when there is none.
  YamlAnchor* find(std::string_view name);

 private:
  size_t& chain_of(std::string_view name);
  void rebuild();

  rt::Row<YamlAnchor> anchors_;
  rt::Row<size_t> chains_;  ///< the newest one of each, plus 1; as many as a power of two
};

}  // namespace pflow
