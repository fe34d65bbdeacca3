/// Characters and fences that came with a program out of a document.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/parse/byte_stream.h"
#include "frontend/parse/reports.h"

namespace pflow::parse {

/// One report for all places of a character; quotes count as one.
void report_pasted(std::string_view text, const std::vector<PastedCharacter>& pasted,
                   Reports& reports);

/// One report for all fences of Markdown around the program; `fences` are their places.
void report_fences(std::string_view text, const std::vector<Span>& fences, Reports& reports);

/// The length of what opens a string at `at`: a quote, or a character that is meant as one.
[[nodiscard]] uint32_t quote_length(std::string_view text, uint32_t at);

}  // namespace pflow::parse
