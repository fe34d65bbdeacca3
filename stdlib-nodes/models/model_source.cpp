#include "model_source.h"

#include "pflow/node.hpp"

namespace pf_models {

std::vector<std::string> names_in(const pf_literal* list) {
  constexpr pf_type kTexts = {.kind = PF_LIST,
                              .size = sizeof(pf_list),
                              .align = alignof(pf_list),
                              .counted = 1,
                              .element = &pflow::kStr};
  std::vector<std::string> names;
  if (!list || !list->text) return names;
  pf_str json = pflow::literal(list->text);
  pf_list texts{};
  pf_json_problem problem{};
  if (pf_json_decode(&json, &kTexts, &texts, &problem))
    for (const pf_str& name : pflow::Elements<pf_str>(texts)) names.emplace_back(pflow::view(name));
  pf_str_release(problem.message);
  pf_drop_value(&texts, &kTexts);
  return names;
}

}  // namespace pf_models
