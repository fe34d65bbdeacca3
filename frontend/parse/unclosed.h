/// Where what is never closed was meant to end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/parse/brackets.h"
#include "frontend/parse/reports.h"
#include "frontend/parse/tokens.h"

namespace pflow::parse {

/// Reports what `frame` opens; `found` is what stands where it had to be closed by.
void report_unclosed(std::string_view text, const std::vector<RawToken>& tokens, Frame frame,
                     Span found, Reports& reports);

/// Where the quote stands that closes, on a later line, a `"` string that is open at the
/// line's end `at`; npos when it was rather forgotten on its line.
[[nodiscard]] size_t closing_quote_below(std::string_view text, uint32_t at);

/// Where that quote stands on the line: before what closes `brackets` at its end `at`.
[[nodiscard]] uint32_t closing_quote_here(std::string_view text, uint32_t at, size_t brackets);

/// The string from `begin` to before `end`, quotes included, as a `"""` block.
[[nodiscard]] std::string as_block_string(std::string_view text, size_t begin, size_t end);

/// The span of what opens the frame.
[[nodiscard]] Span opening_span(std::string_view text, Frame frame, const Reports& reports);

/// The end of the last token that is not a newline.
[[nodiscard]] uint32_t last_end(const std::vector<RawToken>& tokens);

}  // namespace pflow::parse
