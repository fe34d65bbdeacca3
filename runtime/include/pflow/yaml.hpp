/// YAML 1.1 as a tree, as PyYAML reads it: plain scalars have the type that they look like
/// (`182`, `yes`, `~`), quoted ones are text. A package that uses it lists `libpf_yaml.a` in its
/// .link file.
///
///   pflow::YamlDocument document(text);
///   if (!document.ok()) … document.problem().line, .column, .message
///   const pflow::YamlNode* model = document.root().find("model");
///   if (model && model->kind == pflow::YamlKind::Text) use(model->text);
///
/// Refused, besides what is no YAML: more than one document, a key that stands twice in its map
/// or is no scalar, merge keys (`<<`), other tags than those of YAML and of the plain Python values
/// that older cassettes of vcrpy hold, nesting deeper than 1,000, and aliases that repeat more than
/// 64 MiB.
#pragma once

#include <span>

#include "pflow/node.hpp"

namespace pflow {

enum class YamlKind : unsigned char { Null, Bool, Int, Float, Text, Bytes, List, Map };

struct YamlEntry;

/// Valid as long as its document.
struct YamlNode {
  YamlKind kind = YamlKind::Null;
  uint32_t line = 1;    ///< from 1; of an alias, where that stands
  uint32_t column = 1;  ///< from 1, in characters
  /// Of a scalar: its text without quotes and escapes, as `0x1F` or `yes`; decoded of Bytes.
  /// UTF-8, except of Bytes.
  std::string_view text;
  std::span<const YamlNode> items;     ///< of a List, in their order
  std::span<const YamlEntry> entries;  ///< of a Map, in their order

  /// The value of the key whose text this is; null when there is none.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
  /// The value of an Int; false when it is none, or beyond 64 bits.
  [[nodiscard]] bool integer(int64_t* out) const;
};

struct YamlEntry {
  YamlNode key;  ///< a scalar
  YamlNode value;
};

struct YamlProblem {
  uint32_t line = 1;
  uint32_t column = 1;
  pf_str message{};  ///< "the quoted text is not closed"
};

class YamlDocument {
 public:
  /// Reads UTF-8, or UTF-16 with its byte order mark. The bytes need not outlive the call. An empty
  /// text is Null.
  explicit YamlDocument(std::string_view bytes);
  YamlDocument(const YamlDocument&) = delete;
  YamlDocument& operator=(const YamlDocument&) = delete;
  ~YamlDocument();

  [[nodiscard]] bool ok() const { return problem_.message.len == 0; }
  [[nodiscard]] const YamlNode& root() const { return root_; }
  /// When it is not `ok`; the first one.
  [[nodiscard]] const YamlProblem& problem() const { return problem_; }

 private:
  YamlNode root_;
  YamlProblem problem_;
  void* memory_ = nullptr;
};

}  // namespace pflow
