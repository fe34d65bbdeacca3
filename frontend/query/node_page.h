/// What is known of a node as Markdown: a section of docs/nodes/, what `pflowc nodes NAME` prints.
#pragma once

#include <string>

#include "frontend/query/node_doc.h"

namespace pflow::query {

/// `heading` is what stands before its name: `#` or more. It ends with a newline.
[[nodiscard]] std::string node_page(const NodeDoc& node, std::string_view heading);
/// What its attributes mean, in sentences: `Effects: …. Retries of its own: 2.`; empty where
/// nothing is known.
[[nodiscard]] std::string attributes_text(const NodeDoc& node);

}  // namespace pflow::query
