/// What the reference says of the words that no program declares: the nodes of the compiler
/// (docs/nodes/builtin.md), the policies and the language itself (docs/language/), all built in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pflow::query {

/// `map(in items: [T] or stream, function: T => U) -> [U] or stream`; empty for other words.
[[nodiscard]] std::string builtin_signature(std::string_view name);
/// Markdown, without its signature and links into other pages.
[[nodiscard]] std::string builtin_text(std::string_view name);
[[nodiscard]] std::string policy_text(std::string_view name);
/// With a title, and what the table of policies says of it.
[[nodiscard]] std::string policy_page(std::string_view name);
/// What stands below the heading of that name, `each`; empty where there is none.
[[nodiscard]] std::string language_text(std::string_view word);
[[nodiscard]] std::vector<std::string_view> language_words();

}  // namespace pflow::query
