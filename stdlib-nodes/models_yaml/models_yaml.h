/// The form of models.yaml: entries whose keys are known and whose values have their types.
/// docs/models.md has the keys.
#pragma once

#include <stdint.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pflow/yaml.hpp"

namespace pf_models {

/// By which API a model is asked, in the order of `kApiWords`.
enum class Api : uint8_t { Chat, Responses, Anthropic, Gemini, Interactions, Ollama };
inline constexpr std::string_view kApiWords[] = {"chat",   "responses",    "anthropic",
                                                 "gemini", "interactions", "ollama"};

/// Something that is wrong with the text.
struct ModelsProblem {
  uint32_t line = 1;
  std::string why;  ///< empty: nothing is
};

/// One item of the list; valid as long as that.
class ModelsEntry {
 public:
  explicit ModelsEntry(const pflow::YamlNode& node) : node_(&node) {}

  /// The first thing that is wrong with it.
  [[nodiscard]] ModelsProblem problem() const;
  [[nodiscard]] uint32_t line() const { return node_->line; }
  /// Its id, then its aliases.
  [[nodiscard]] std::vector<std::string_view> names() const;
  /// Of an entry without a problem.
  [[nodiscard]] Api api() const;

  [[nodiscard]] bool has(std::string_view key) const { return node_->find(key) != nullptr; }
  /// Empty when it is not there, as everything of another type is.
  [[nodiscard]] std::string_view text(std::string_view key) const;
  [[nodiscard]] bool flag(std::string_view key, bool otherwise) const;
  [[nodiscard]] int64_t count(std::string_view key, int64_t otherwise) const;
  [[nodiscard]] std::span<const pflow::YamlNode> list(std::string_view key) const;
  [[nodiscard]] std::span<const pflow::YamlEntry> map(std::string_view key) const;

 private:
  const pflow::YamlNode* node_;
};

class ModelsList {
 public:
  /// The bytes need not outlive the call.
  explicit ModelsList(std::string_view bytes);

  /// Of the text as a whole; then there are no entries.
  [[nodiscard]] const ModelsProblem& problem() const { return problem_; }
  /// Each is a map with a `model_id`.
  [[nodiscard]] const std::vector<ModelsEntry>& entries() const { return entries_; }

 private:
  void read();
  void fail(uint32_t line, std::string_view why);

  pflow::YamlDocument document_;
  std::vector<ModelsEntry> entries_;
  ModelsProblem problem_;
};

}  // namespace pf_models
