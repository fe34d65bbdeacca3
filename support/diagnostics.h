/// Diagnostics: what is wrong with the user's program, where, and what to do.
///
///   sink.report(diag::unknown_name, span, name)
///       .label("not found in this flow")
///       .secondary(other, "`draft` is set here")
///       .note("keys here: draft (str), review (Review)")
///       .help("a key with a similar name exists", {span, "draft"});
///
/// A report is added when the builder's full expression ends. Rendering, order,
/// limits and colour are the renderers' business (support/render.h).
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "support/source.h"

namespace pflow {

enum class Severity : uint8_t { Error, Warning, Note };

/// One row of the catalogue; `Arity` is the number of `{}` in the text.
struct DiagnosticInfo {
  std::string_view name;
  uint16_t code;
  Severity severity;
  std::string_view text;
};

template <size_t Arity>
struct DiagnosticKind : DiagnosticInfo {};

/// Replaces the bytes of `span` by `text`; an empty span inserts.
struct Edit {
  Span span;
  std::string text;
};

struct Label {
  Span span;
  std::string text;
};

struct Help {
  std::string text;
  std::vector<Edit> edits;
  bool certain = false;  ///< the edits keep what was meant, so that `pflowc fix` makes them
};

struct Diagnostic {
  const DiagnosticInfo* info = nullptr;
  Severity severity = Severity::Error;  ///< the catalogue's, or raised by -Werror
  std::string message;
  Span span;                     ///< the primary place
  std::string label;             ///< stands under the primary place, may be empty
  std::vector<Label> secondary;  ///< what other places contribute
  std::vector<std::string> notes;
  std::vector<Help> helps;
};

namespace diag {
consteval size_t arity(std::string_view text) {
  size_t n = 0;
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 1] == '{')
      ++i;
    else if (text[i] == '{')
      ++n;
  }
  return n;
}
#define PFLOW_DIAGNOSTIC(name, code, severity, text) \
  inline constexpr DiagnosticKind<arity(text)> name{{#name, code, Severity::severity, text}};
#include "support/diagnostics.def"
}  // namespace diag

/// All rows, in the order of the catalogue.
[[nodiscard]] const std::vector<const DiagnosticInfo*>& diagnostic_catalogue();
/// `PF0301`.
[[nodiscard]] std::string diagnostic_code(const DiagnosticInfo& info);

class Diagnostics;

/// Collects the parts of one report; adds it to the sink when it dies.
class DiagnosticBuilder {
 public:
  DiagnosticBuilder(Diagnostics& sink, Diagnostic diagnostic)
      : sink_(&sink), diagnostic_(std::move(diagnostic)) {}
  DiagnosticBuilder(const DiagnosticBuilder&) = delete;
  DiagnosticBuilder& operator=(const DiagnosticBuilder&) = delete;
  ~DiagnosticBuilder();

  /// The text under the primary span: at most six words.
  DiagnosticBuilder& label(std::string text) {
    diagnostic_.label = std::move(text);
    return *this;
  }
  DiagnosticBuilder& secondary(Span span, std::string text) {
    if (span.valid()) diagnostic_.secondary.push_back({span, std::move(text)});
    return *this;
  }
  DiagnosticBuilder& note(std::string text) {
    diagnostic_.notes.push_back(std::move(text));
    return *this;
  }
  DiagnosticBuilder& help(std::string text) {
    diagnostic_.helps.push_back({std::move(text), {}});
    return *this;
  }
  /// Edits that belong together, in the order in which they stand in the file.
  DiagnosticBuilder& edits(std::string text, std::vector<Edit> edits) {
    diagnostic_.helps.push_back({std::move(text), std::move(edits)});
    return *this;
  }
  DiagnosticBuilder& help(std::string text, Edit edit) {
    diagnostic_.helps.push_back({std::move(text), {std::move(edit)}});
    return *this;
  }
  /// The edits of the last help are not one guess among others.
  DiagnosticBuilder& certain() {
    diagnostic_.helps.back().certain = true;
    return *this;
  }

 private:
  Diagnostics* sink_;
  Diagnostic diagnostic_;
};

/// What the user wants of warnings and notes.
struct WarningPolicy {
  bool as_errors = false;             ///< -Werror: warnings, not notes
  std::vector<std::string> silenced;  ///< -Wno-NAME: names of the catalogue
};

/// The sink of one compilation. A second report of one kind at one place is dropped.
class Diagnostics {
 public:
  Diagnostics() = default;
  explicit Diagnostics(WarningPolicy policy) : policy_(std::move(policy)) {}

  template <size_t Arity, typename... Args>
  DiagnosticBuilder report(const DiagnosticKind<Arity>& kind, Span span, const Args&... args) {
    static_assert(sizeof...(Args) == Arity, "the arguments must match the {} of the catalogue");
    Diagnostic made;
    made.info = &kind;
    made.severity = kind.severity;
    made.message = fmt::format(fmt::runtime(kind.text), args...);
    made.span = span;
    return {*this, std::move(made)};
  }

  void add(Diagnostic diagnostic);
  /// Reports from now on are counted and not kept: they may follow from those before.
  void stop_keeping() { keeps_ = false; }
  [[nodiscard]] bool has_errors() const { return errors_ != 0; }
  [[nodiscard]] size_t error_count() const { return errors_; }
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }

 private:
  struct Place {
    const DiagnosticInfo* info;
    Span span;
    friend bool operator==(const Place&, const Place&) = default;
  };
  struct PlaceHash {
    size_t operator()(const Place& place) const;
  };

  WarningPolicy policy_;
  std::vector<Diagnostic> all_;
  std::unordered_set<Place, PlaceHash> seen_;
  size_t errors_ = 0;
  bool keeps_ = true;
};

inline DiagnosticBuilder::~DiagnosticBuilder() { sink_->add(std::move(diagnostic_)); }

/// The candidate nearest to `name`, or empty: equal but for case, else a
/// Damerau-Levenshtein distance of at most a third of the length; never for
/// names of one or two characters.
[[nodiscard]] std::string_view nearest_name(std::string_view name,
                                            const std::vector<std::string_view>& candidates);

}  // namespace pflow
