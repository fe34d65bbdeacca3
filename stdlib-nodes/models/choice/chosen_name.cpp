#include "chosen_name.h"

#include "aliases.h"
#include "registered_models.h"

namespace pf_models {
namespace {

ChosenName broken(const char* file) {
  return {.problem = std::string("`") + file + "` in PFLOW_HOME cannot be read", .broken = true};
}

/// A name that is no alias.
ChosenName direct(std::string_view name) {
  if (const RegisteredModel* own = registered_models().find(name)) return {.own = own};
  size_t slash = name.find('/');
  const Provider* named = slash == name.npos ? nullptr : find_provider(name.substr(0, slash));
  std::string_view id = named ? name.substr(slash + 1) : name;
  return id.empty() ? ChosenName{.id = std::string(name)}
                    : ChosenName{.named = named, .id = std::string(id)};
}

}  // namespace

ChosenName resolve_name(std::string_view name) {
  if (registered_models().broken) return broken("models.yaml");
  ChosenName chosen = direct(name);
  if (chosen.own || chosen.named) return chosen;
  Alias alias = resolve_alias(name);
  if (alias.broken) return broken("aliases.json");
  if (!alias.problem.empty()) return {.problem = alias.problem};
  return alias.target.empty() ? chosen : direct(alias.target);
}

}  // namespace pf_models
