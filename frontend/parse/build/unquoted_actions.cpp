#include "frontend/parse/build/unquoted_actions.h"

#include <algorithm>

namespace pflow::parse {

std::vector<UnquotedAction> UnquotedActions::take() {
  std::vector<UnquotedAction> mistakes;
  for (const UnquotedAction& each : noted_)
    if (std::ranges::find(labels_, each.label) != labels_.end()) mistakes.push_back(each);
  noted_.clear();
  labels_.clear();
  return mistakes;
}

}  // namespace pflow::parse
