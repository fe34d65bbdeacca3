/// What pictures say of a stage in words: titles, arguments, policies.
#pragma once

#include "frontend/graph/program_view.h"

namespace pflow::graph {

/// `each note`, `repeat until done`, `par`.
[[nodiscard]] std::string box_title(const ProgramView& view, const ast::Stage& stage);
/// The arguments of a call, as written, shortened; empty without.
[[nodiscard]] std::string arguments_text(const ProgramView& view, const ast::CallExpr& call);
/// `retries: 3`, one text a policy.
[[nodiscard]] std::vector<std::string> policy_texts(const ProgramView& view,
                                                    const ast::Stage& stage);
/// `text`, or `body: page` where the port is named.
[[nodiscard]] std::vector<std::string> key_texts(const ProgramView& view, const ast::Stage& stage);
/// `"bug" | "crash"`
[[nodiscard]] std::string pattern_text(const ProgramView& view,
                                       std::span<const ast::Pattern> patterns);
/// `topic: str`, `most: int = 3`
[[nodiscard]] std::vector<std::string> port_texts(const std::vector<query::PortDoc>& ports);

}  // namespace pflow::graph
