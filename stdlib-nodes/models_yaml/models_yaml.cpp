#include "models_yaml.h"

#include <algorithm>
#include <array>

#include "pflow/node.hpp"

namespace pf_models {
namespace {

using pflow::YamlEntry;
using pflow::YamlKind;
using pflow::YamlNode;

enum class KeyKind : uint8_t {
  Text,
  Flag,
  Count,
  Texts,
  Map,
  Api,
  Other,  ///< of llm's, without a meaning here
};

struct Key {
  std::string_view name;
  KeyKind kind;
};

constexpr auto kKeys = std::to_array<Key>({
    {"model_id", KeyKind::Text},        {"model_name", KeyKind::Text},
    {"aliases", KeyKind::Texts},        {"api", KeyKind::Api},
    {"api_base", KeyKind::Text},        {"api_key_name", KeyKind::Text},
    {"headers", KeyKind::Map},          {"responses", KeyKind::Flag},
    {"reasoning", KeyKind::Flag},       {"temperature", KeyKind::Flag},
    {"max_tokens", KeyKind::Count},     {"can_stream", KeyKind::Flag},
    {"supports_schema", KeyKind::Flag}, {"supports_tools", KeyKind::Flag},
    {"vision", KeyKind::Flag},          {"audio", KeyKind::Flag},
    {"embedding", KeyKind::Flag},       {"max_texts", KeyKind::Count},
    {"completion", KeyKind::Other},     {"api_type", KeyKind::Other},
    {"api_version", KeyKind::Other},    {"api_engine", KeyKind::Other},
    {"service_tier", KeyKind::Other},
});

bool is_text(const YamlNode& node) { return node.kind == YamlKind::Text; }

std::string_view wanted(KeyKind kind) {
  switch (kind) {
    case KeyKind::Text: return "a text";
    case KeyKind::Flag: return "true or false";
    case KeyKind::Count: return "a whole number of 1 or more";
    case KeyKind::Texts: return "a list of texts";
    case KeyKind::Map: return "names with their texts";
    case KeyKind::Api: return "chat, responses, anthropic, gemini, interactions or ollama";
    case KeyKind::Other: break;
  }
  return "";
}

bool is_of(const YamlNode& node, KeyKind kind) {
  int64_t count = 0;
  switch (kind) {
    case KeyKind::Text: return is_text(node) && !node.text.empty();
    case KeyKind::Flag: return node.kind == YamlKind::Bool;
    case KeyKind::Count: return node.integer(&count) && count > 0;
    case KeyKind::Texts:
      return node.kind == YamlKind::List && std::ranges::all_of(node.items, is_text);
    case KeyKind::Map:
      return node.kind == YamlKind::Map && std::ranges::all_of(node.entries, [](const auto& entry) {
               return entry.value.kind != YamlKind::List && entry.value.kind != YamlKind::Map;
             });
    case KeyKind::Api: return is_text(node) && std::ranges::count(kApiWords, node.text) != 0;
    case KeyKind::Other: break;
  }
  return true;
}

/// The key of this name; else null.
const Key* find_key(std::string_view name) {
  const auto* found = std::ranges::find(kKeys, name, &Key::name);
  return found == kKeys.end() ? nullptr : found;
}

std::string unknown_key(std::string_view name) {
  std::vector<pf_str> names;
  for (const Key& key : kKeys) names.push_back(pflow::literal(key.name));
  pf_str word = pflow::literal(name);
  int64_t nearest = pf_nearest(&word, names.data(), names.size());
  std::string why = "there is no key `" + std::string(name) + "`";
  if (nearest < 0) return why;
  return why + "; did you mean `" + std::string(kKeys[static_cast<size_t>(nearest)].name) + "`?";
}

/// What is wrong with one key and its value; empty when nothing is.
std::string problem_of(const YamlEntry& entry) {
  const Key* key = find_key(entry.key.text);
  if (!key) return unknown_key(entry.key.text);
  std::string shown = "`" + std::string(key->name) + "`";
  if (key->kind == KeyKind::Other) return shown + " is not supported: such models cannot be asked";
  return is_of(entry.value, key->kind) ? ""
                                       : shown + ": expected " + std::string(wanted(key->kind));
}

}  // namespace

ModelsProblem ModelsEntry::problem() const {
  for (const YamlEntry& entry : node_->entries)
    if (std::string why = problem_of(entry); !why.empty()) return {entry.key.line, std::move(why)};
  return {};
}

std::vector<std::string_view> ModelsEntry::names() const {
  std::vector<std::string_view> names = {text("model_id")};
  for (const YamlNode& alias : list("aliases")) names.push_back(alias.text);
  return names;
}

Api ModelsEntry::api() const {
  const std::string_view word = text("api");
  if (word.empty()) return flag("responses", false) ? Api::Responses : Api::Chat;
  return static_cast<Api>(std::ranges::find(kApiWords, word) - std::begin(kApiWords));
}

std::string_view ModelsEntry::text(std::string_view key) const {
  const YamlNode* found = node_->find(key);
  return found && is_text(*found) ? found->text : std::string_view();
}

bool ModelsEntry::flag(std::string_view key, bool otherwise) const {
  const YamlNode* found = node_->find(key);
  if (!found || found->kind != YamlKind::Bool) return otherwise;
  char first = found->text.empty() ? 'n' : static_cast<char>(found->text.front() | 0x20);
  bool on = found->text.size() == 2 && (found->text[1] | 0x20) == 'n';
  return first == 't' || first == 'y' || on;
}

int64_t ModelsEntry::count(std::string_view key, int64_t otherwise) const {
  int64_t found = 0;
  const YamlNode* node = node_->find(key);
  return node && node->integer(&found) ? found : otherwise;
}

std::span<const YamlNode> ModelsEntry::list(std::string_view key) const {
  const YamlNode* found = node_->find(key);
  return found ? found->items : std::span<const YamlNode>();
}

std::span<const YamlEntry> ModelsEntry::map(std::string_view key) const {
  const YamlNode* found = node_->find(key);
  return found ? found->entries : std::span<const YamlEntry>();
}

ModelsList::ModelsList(std::string_view bytes) : document_(bytes) { read(); }

void ModelsList::read() {
  if (!document_.ok())
    return fail(document_.problem().line, pflow::view(document_.problem().message));
  const YamlNode& root = document_.root();
  if (root.kind == YamlKind::Null) return;
  if (root.kind != YamlKind::List) return fail(root.line, "it holds no list");
  for (const YamlNode& item : root.items) {
    if (item.kind != YamlKind::Map) return fail(item.line, "a model is no map of keys");
    const ModelsEntry entry(item);
    if (entry.text("model_id").empty()) return fail(item.line, "a model has no `model_id`");
    entries_.push_back(entry);
  }
}

void ModelsList::fail(uint32_t line, std::string_view why) {
  entries_.clear();
  problem_ = {line, std::string(why)};
}

}  // namespace pf_models
