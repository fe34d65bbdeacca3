/// What must hold of a file before it is lexed.
#pragma once

#include <string_view>

#include "frontend/parse/reports.h"

namespace pflow::parse {

/// Bytes of a byte order mark at the start of `text`.
[[nodiscard]] uint32_t byte_order_mark(std::string_view text);

/// Reports text that is too large, not UTF-8, or holds a NUL byte.
[[nodiscard]] bool check_source_text(std::string_view text, Reports& reports);

/// The length of the UTF-8 sequence at `at`, 0 when there is none.
[[nodiscard]] uint32_t utf8_length(std::string_view text, size_t at);

}  // namespace pflow::parse
