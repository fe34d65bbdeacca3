/// What the reference says of a word, whatever it is: a node, a policy, a kind of error, a warning,
/// a word of the language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/driver/reference/catalog.h"

namespace pflow::reference {

/// All pages of that name, in Markdown; empty where there is none.
[[nodiscard]] std::string word_pages(std::string_view word, const Catalog& catalog);
/// The words that have one.
[[nodiscard]] std::vector<std::string> words_with_pages(const Catalog& catalog);

}  // namespace pflow::reference
