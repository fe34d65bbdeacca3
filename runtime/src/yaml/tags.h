/// What a tag makes of a node.
#pragma once

#include "pflow/yaml.hpp"
#include "runtime/src/values/arena.h"
#include "runtime/src/values/buffer.h"

namespace pflow {

struct YamlTags {
  rt::Arena& arena;
  rt::Buffer& why;  ///< what is wrong, when one of these returns false

  /// Of a scalar that is written behind its tag.
  bool scalar(const char* tag, YamlNode& node);
  bool list(const char* tag);
  /// Of a map that is complete.
  bool map(const char* tag, YamlNode& node);

 private:
  bool decode(YamlNode& node);
  bool bytes_of_python(const YamlNode* chunks, size_t count, YamlNode& node);
  bool refuse(const char* tag);
};

}  // namespace pflow
