/// Texts that are put into a page.
#pragma once

#include <string>
#include <string_view>

namespace pflow::graph {

/// JSON in which no tag and no comment of HTML stands.
[[nodiscard]] std::string without_tags(std::string_view json);
/// The page up to the mark; `page` becomes the rest behind it.
[[nodiscard]] std::string_view cut(std::string_view& page, std::string_view mark);

}  // namespace pflow::graph
