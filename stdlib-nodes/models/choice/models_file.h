/// models.yaml as entries whose keys are known and whose values have their types.
#pragma once

#include <stdint.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pflow/yaml.hpp"

namespace pf_models {

/// One item of the file; valid as long as that.
class ModelsEntry {
 public:
  ModelsEntry(const std::string& path, const pflow::YamlNode& node) : path_(path), node_(node) {}

  /// The first thing that is wrong with it; empty when nothing is.
  [[nodiscard]] std::string problem() const;
  /// `PATH:LINE`
  [[nodiscard]] std::string place() const;

  [[nodiscard]] bool has(std::string_view key) const { return node_.find(key) != nullptr; }
  /// Empty when it is not there, as everything of another type is.
  [[nodiscard]] std::string_view text(std::string_view key) const;
  [[nodiscard]] bool flag(std::string_view key, bool otherwise) const;
  [[nodiscard]] int64_t count(std::string_view key, int64_t otherwise) const;
  [[nodiscard]] std::span<const pflow::YamlNode> list(std::string_view key) const;
  [[nodiscard]] std::span<const pflow::YamlEntry> map(std::string_view key) const;

 private:
  const std::string& path_;
  const pflow::YamlNode& node_;
};

class ModelsFile {
 public:
  /// What is wrong with the whole of it is reported.
  ModelsFile();

  [[nodiscard]] bool broken() const { return broken_; }
  /// None when it is broken or not there. Each is a map with a `model_id`.
  [[nodiscard]] const std::vector<ModelsEntry>& entries() const { return entries_; }

 private:
  void read();
  void fail(uint32_t line, std::string_view why);

  std::string path_;
  std::optional<pflow::YamlDocument> document_;
  std::vector<ModelsEntry> entries_;
  bool broken_ = false;
};

}  // namespace pf_models
