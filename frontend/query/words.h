/// What the reference says of the words that no program declares: the nodes of the compiler
/// (docs/nodes/builtin.md) and the policies (docs/language/policies.md), both built in.
#pragma once

#include <string>
#include <string_view>

namespace pflow::query {

/// `map(in items: [T] or stream, function: T => U) -> [U] or stream`; empty for other words.
[[nodiscard]] std::string builtin_signature(std::string_view name);
/// Markdown, without its signature and links into other pages.
[[nodiscard]] std::string builtin_text(std::string_view name);
[[nodiscard]] std::string policy_text(std::string_view name);

}  // namespace pflow::query
