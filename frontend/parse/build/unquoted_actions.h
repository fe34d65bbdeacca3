/// `label - word >> …`: a mistake if `label` turns out to be one, which is known at the
/// end of the flow.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/ast/ast.h"

namespace pflow::parse {

struct UnquotedAction {
  Symbol label;
  Span action;
  ast::Stage* stage;
};

class UnquotedActions {
 public:
  void add_label(Symbol label) { labels_.push_back(label); }
  void note(const UnquotedAction& action) { noted_.push_back(action); }
  /// What has turned out to be a mistake; forgets the flow.
  std::vector<UnquotedAction> take();

 private:
  std::vector<UnquotedAction> noted_;
  std::vector<Symbol> labels_;
};

}  // namespace pflow::parse
