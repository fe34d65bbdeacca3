/// Any bytes as YAML.
#include "pflow/yaml.hpp"
#include "runtime/src/yaml/written_text.h"
#include "test/fuzz/must.h"

using fuzz::must;
using pflow::YamlKind;
using pflow::YamlNode;

namespace {

struct Seen {
  std::string_view file;
  size_t lines;
  size_t nodes = 0;
};

bool is_scalar(const YamlNode& node) {
  return node.kind != YamlKind::List && node.kind != YamlKind::Map;
}

bool is_utf8(std::string_view text) {
  return text.empty() || pf_utf8_valid_prefix(text.data(), text.size()) == text.size();
}

void check(const YamlNode& node, Seen& seen, int depth) {
  must(depth <= 1001, "nesting is bounded", seen.file);
  must(node.line >= 1 && node.line <= seen.lines, "a node stands in a line", seen.file);
  must(is_scalar(node) ? node.items.empty() && node.entries.empty() : node.text.empty(),
       "a node is one thing", seen.file);
  must(node.kind == YamlKind::Bytes || is_utf8(node.text), "a text is UTF-8", seen.file, node.text);
  int64_t value;
  must(!node.integer(&value) || node.kind == YamlKind::Int, "only an Int is one", seen.file);
  // Aliases repeat up to 64 MiB.
  if (++seen.nodes > 100'000) return;
  for (const YamlNode& item : node.items) check(item, seen, depth + 1);
  for (const pflow::YamlEntry& entry : node.entries) {
    must(is_scalar(entry.key), "a key is a scalar", seen.file);
    check(entry.key, seen, depth + 1);
    check(entry.value, seen, depth + 1);
    must(node.find(entry.key.text) != nullptr, "a key is found", seen.file, entry.key.text);
  }
}

/// A text that is written is read back equal.
void check_written(std::string_view text) {
  pflow::rt::Buffer written;
  written.add("- a: ");
  pflow::add_yaml_text(written, text, 4);
  written.add("\n  b: 1\n");
  std::string_view file(written.data(), written.size());
  pflow::YamlDocument document(file);
  must(document.ok(), "what is written can be read", file);
  const YamlNode* read = document.root().items[0].find("a");
  must(read && read->kind == YamlKind::Text && read->text == text, "it is read back equal", file);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view file(reinterpret_cast<const char*>(data), size);
  check_written(fuzz::text_of(data, size));
  pflow::YamlDocument document(file);
  // More characters than the line feed end a line of YAML.
  Seen seen{file, size + 1};
  if (document.ok()) {
    check(document.root(), seen, 0);
    return 0;
  }
  const pflow::YamlProblem& problem = document.problem();
  must(problem.line >= 1 && problem.line <= seen.lines && problem.column >= 1,
       "a mistake stands in the text", file);
  must(is_utf8(pflow::view(problem.message)), "a mistake has words", file);
  return 0;
}
