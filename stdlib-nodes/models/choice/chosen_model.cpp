#include "chosen_model.h"

#include "chosen_name.h"
#include "known_models.h"
#include "registered_models.h"

namespace pf_models {
namespace {

Model made(const ModelFacts* facts, std::string id, const Provider& asked) {
  return {.facts = facts, .id = std::move(id), .asked = &asked};
}

Model registered(const RegisteredModel& own) {
  if (!own.problem.empty()) return {.problem = own.problem};
  if (own.embeds)
    return {.problem = "the model `" + own.names.front() + "` makes vectors, and no answers",
            .help = "`embed` takes it"};
  return made(&own.facts, own.id, own.provider);
}

Model unknown(const std::string& name) {
  std::string near = nearest_models(name);
  return {.problem = "no provider is known for the model `" + name + "`",
          .help = (near.empty() ? "" : near + " Else ") +
                  "say who has it: `openai/NAME`, `anthropic/NAME`, `gemini/NAME` or "
                  "`ollama/NAME`; or set OPENAI_BASE_URL to a server that speaks OpenAI's chat "
                  "completions"};
}

Model by_id(const std::string& id) {
  if (const ModelFacts* known = find_facts(nullptr, id))
    return made(known, id, provider_of(known->provider));
  const Provider& open = provider_of(ProviderName::OpenAi);
  return has_own_url(open) ? made(find_facts(&open, id), id, open) : unknown(id);
}

}  // namespace

Model find_model(std::string_view name) {
  ChosenName chosen = resolve_name(name);
  if (!chosen.problem.empty()) return {.problem = chosen.problem, .broken = chosen.broken};
  if (chosen.own) return registered(*chosen.own);
  if (chosen.named) return made(find_facts(chosen.named, chosen.id), chosen.id, *chosen.named);
  return by_id(chosen.id);
}

}  // namespace pf_models
