/// What stands around the JSON of an answer: code fences, prose, thoughts.
#pragma once

#include <cstdint>
#include <string_view>

namespace pf_models::lenient {

enum class Around : uint8_t { Nothing, Fence, Prose };
[[nodiscard]] Around around(std::string_view before, std::string_view behind);

/// Whether nothing but blanks, commas and fences stands between two pieces.
[[nodiscard]] bool is_separator(std::string_view between);
/// Without the block `<think>…</think>` in front.
[[nodiscard]] std::string_view without_thoughts(std::string_view text);
/// What stands in the code block, emphasis or quotes that all of the text is.
[[nodiscard]] std::string_view without_fence(std::string_view text);

}  // namespace pf_models::lenient
