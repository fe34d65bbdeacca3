/// Tokens that are no part of the language: what people write out of habit.
#pragma once

#include <string_view>

#include "frontend/parse/reports.h"
#include "frontend/parse/tokens.h"

namespace pflow::parse {

/// Reports the token and gives the type that stands for it so that the parse
/// can go on; 0 to leave it out.
TokenType report_foreign_token(TokenType type, std::string_view text, uint32_t begin, uint32_t end,
                               Reports& reports);

}  // namespace pflow::parse
