/// Diagnostics as text for people (text, short) and for tools (JSON), in the
/// order of files and offsets.
///
///   error[PF0301]: expected `int`, found `str`
///    --> seed.pf:3:14
///     |
///   3 |   f(n: "a")
///     |        ^^^ expected `int`
///     |
///     = note: …
#pragma once

#include <cstddef>
#include <string>

#include "support/diagnostics.h"
#include "support/source.h"

namespace pflow {

enum class ErrorFormat : uint8_t { Text, Json, Short };

struct RenderOptions {
  ErrorFormat format = ErrorFormat::Text;
  bool color = false;
  size_t limit = 20;  ///< shown of errors, and of warnings and notes; 0: no limit
};

/// All of the sink; ends with how many the limit held back. Empty when there are none.
[[nodiscard]] std::string render(const Diagnostics& diagnostics, const SourceMap& sources,
                                 const RenderOptions& options);

// One diagnostic each, with its final newline.
[[nodiscard]] std::string render_text(const Diagnostic& diagnostic, const SourceMap& sources,
                                      bool color);
[[nodiscard]] std::string render_short(const Diagnostic& diagnostic, const SourceMap& sources);
[[nodiscard]] std::string render_json(const Diagnostic& diagnostic, const SourceMap& sources);

/// `error`, `warning`, `note`.
[[nodiscard]] std::string_view severity_word(Severity severity);

}  // namespace pflow
