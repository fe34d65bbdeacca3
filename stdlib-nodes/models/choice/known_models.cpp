#include "known_models.h"

#include <vector>

#include "aliases.h"
#include "model_facts.h"
#include "pflow/node.hpp"
#include "registered_models.h"

namespace pf_models {
namespace {

/// Ids that the table of prices tells.
constexpr std::string_view kPriced[] = {
#define PFLOW_PRICE(id, above, input, cached, written, output) id,
#include "prices.def"
};

/// A name, and where it comes from.
struct Known {
  std::string_view name, origin;
};

std::vector<Known> all_known() {
  std::vector<Known> all;
  for (const RegisteredModel& own : registered_models().models)
    for (const std::string& name : own.names) all.push_back({name, own.origin});
  for (std::string_view name : alias_names()) all.push_back({name, "aliases.json"});
  for (std::string_view id : kPriced)
    if (const ModelFacts* facts = find_facts(nullptr, std::string(id)))
      all.push_back({id, provider_of(facts->provider).name});
  return all;
}

}  // namespace

std::string nearest_models(std::string_view name) {
  std::vector<Known> all = all_known();
  std::vector<pf_str> names;
  for (const Known& known : all) names.push_back(pflow::literal(known.name));
  pf_str wanted = pflow::literal(name);
  int64_t nearest = pf_nearest(&wanted, names.data(), names.size());
  if (nearest < 0) return "";
  const Known& found = all[static_cast<size_t>(nearest)];
  return "did you mean `" + std::string(found.name) + "` (" + std::string(found.origin) + ")?";
}

}  // namespace pf_models
