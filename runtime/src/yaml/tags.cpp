#include "runtime/src/yaml/tags.h"

#include "runtime/src/values/base64.h"
#include "runtime/src/yaml/scalar_types.h"

namespace pflow {
namespace {

/// `!!str`.
constexpr std::string_view kYaml = "tag:yaml.org,2002:";

struct ScalarTag {
  std::string_view name;
  YamlKind kind;
};
constexpr ScalarTag kScalarTags[] = {
    {"str", YamlKind::Text},           {"null", YamlKind::Null},
    {"bool", YamlKind::Bool},          {"int", YamlKind::Int},
    {"float", YamlKind::Float},        {"binary", YamlKind::Bytes},
    {"timestamp", YamlKind::Text},     {"python/str", YamlKind::Text},
    {"python/unicode", YamlKind::Text}};

/// What stands behind `!!`; empty for other tags.
std::string_view yaml_name(std::string_view tag) {
  if (!tag.starts_with(kYaml)) return {};
  tag.remove_prefix(kYaml.size());
  return tag;
}

}  // namespace

bool YamlTags::refuse(const char* tag) {
  std::string_view name = yaml_name(tag);
  const char* marks = name.empty() ? "" : "!!";
  if (name.empty()) name = tag;
  why.format("the tag `%s%.*s` is not known here", marks, static_cast<int>(name.size()),
             name.data());
  return false;
}

bool YamlTags::decode(YamlNode& node) {
  rt::Buffer bytes;
  size_t offset = 0;
  if (const char* wrong = rt::read_base64(bytes, literal(node.text), offset)) {
    why.format("`!!binary` holds %s", wrong);
    return false;
  }
  node.text = arena.copy({bytes.data(), bytes.size()});
  return true;
}

bool YamlTags::scalar(const char* tag, YamlNode& node) {
  std::string_view name = yaml_name(tag);
  if (strcmp(tag, "!") == 0) return true;
  for (const ScalarTag& known : kScalarTags) {
    if (name != known.name) continue;
    if (!fits(node.text, known.kind)) {
      why.format("`%.*s` is no `!!%.*s`", static_cast<int>(node.text.size()), node.text.data(),
                 static_cast<int>(name.size()), name.data());
      return false;
    }
    node.kind = known.kind;
    return node.kind != YamlKind::Bytes || decode(node);
  }
  return refuse(tag);
}

bool YamlTags::list(const char* tag) {
  std::string_view name = yaml_name(tag);
  return name == "seq" || name == "python/tuple" || refuse(tag);
}

bool YamlTags::bytes_of_python(const YamlNode* chunks, size_t count, YamlNode& node) {
  rt::Buffer bytes;
  for (size_t i = 0; i < count; ++i) {
    if (chunks[i].kind != YamlKind::Bytes && chunks[i].kind != YamlKind::Text) {
      why.add("a body of Python is neither text nor bytes");
      return false;
    }
    bytes.add(chunks[i].text.data(), chunks[i].text.size());
  }
  node.kind = YamlKind::Bytes;
  node.entries = {};
  node.text = arena.copy({bytes.data(), bytes.size()});
  return true;
}

/// vcrpy wrote the bodies of files and iterators as Python's own objects: a BytesIO has its bytes
/// first in `state`, an iterator its chunks in the first of `args`.
bool YamlTags::map(const char* tag, YamlNode& node) {
  std::string_view name = yaml_name(tag);
  if (name == "map") return true;
  if (name == "python/object/new:_io.BytesIO") {
    const YamlNode* state = node.find("state");
    if (state && !state->items.empty()) return bytes_of_python(state->items.data(), 1, node);
  } else if (name == "python/object/apply:builtins.iter") {
    const YamlNode* args = node.find("args");
    if (args && args->items.size() == 1)
      return bytes_of_python(args->items[0].items.data(), args->items[0].items.size(), node);
  }
  return refuse(tag);
}

}  // namespace pflow
