/// A TOML file whose keys are read one by one; what is wrong is reported at its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// toml++ 3.3 asserts of its input what does not hold for `[[[`, and has optimised code assume it;
// what stands behind the assertions finds the mistake.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(condition) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

#include "support/diagnostics.h"

namespace pflow::packages {

/// An entry of a table of texts.
struct TomlText {
  std::string key, value;
  Span span;
};

class TomlReader {
 public:
  /// Parses the file's text. A mistake in the syntax is reported; then there are no keys.
  TomlReader(FileId file, const SourceMap& sources, Diagnostics& diagnostics);

  [[nodiscard]] bool parsed() const { return parsed_; }
  [[nodiscard]] const toml::table& root() const { return root_; }
  /// Nothing when the key is absent, or of another type, which is reported.
  std::optional<std::string> text(std::string_view key);
  std::optional<int64_t> number(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  std::vector<TomlText> named_texts(std::string_view key);
  /// As `text`, but without a value something is wrong, which for an absent key `finish` reports.
  std::string needed_text(std::string_view key);
  int64_t needed_number(std::string_view key);
  [[nodiscard]] Diagnostics& diagnostics() { return diagnostics_; }
  /// Where the value of a key stands; the file's begin when it is absent.
  [[nodiscard]] Span place(std::string_view key) const;
  /// Reports the keys that are missing, and those that nothing has asked for.
  void finish();

  DiagnosticBuilder report(Span span, std::string_view what) {
    return diagnostics_.report(diag::package_file, span, what);
  }

 private:
  const toml::node* find(std::string_view key);
  void refuse_others();
  void report_type(std::string_view key, const toml::node& node, std::string_view wanted);
  [[nodiscard]] Span span(const toml::source_region& region) const;
  [[nodiscard]] uint32_t offset(toml::source_position position) const;

  FileId file_;
  const SourceMap& sources_;
  Diagnostics& diagnostics_;
  toml::table root_;
  bool parsed_ = false;
  std::vector<std::string_view> asked_;
  std::vector<std::string_view> missing_;
};

}  // namespace pflow::packages
