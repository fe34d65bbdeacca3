#include "embedder.h"

#include <fnmatch.h>

#include <array>
#include <cstdlib>

#include "chosen_name.h"
#include "model_facts.h"
#include "registered_models.h"

namespace pf_models {
namespace {

constexpr auto kEmbedders = std::to_array<EmbedderFacts>({
#define PFLOW_EMBEDDER(pattern, provider, form, most_texts, most_dimensions) \
  {pattern, ProviderName::provider, &k##form, most_texts, most_dimensions},
#include "embedders.def"
});

constexpr std::string_view kAny = "*";
constexpr int64_t kMostDimensions = 1'000'000;  ///< of any model
constexpr const char* kHelp =
    "such models are `text-embedding-3-small`, `gemini-embedding-001`, `ollama/nomic-embed-text`, "
    "or `openai/NAME` at the server of OPENAI_BASE_URL";

/// The first row for the id; of any provider when none is given.
const EmbedderFacts* find_row(const Provider* provider, const std::string& id) {
  for (const EmbedderFacts& row : kEmbedders) {
    if (provider ? provider->kind != row.provider : row.pattern == kAny) continue;
    if (fnmatch(row.pattern, id.c_str(), 0) == 0) return &row;
  }
  return nullptr;
}

Embedder made(const EmbedderFacts* facts, std::string id, const Provider& asked) {
  return {.facts = facts, .id = std::move(id), .asked = &asked, .most_texts = facts->most_texts};
}

Embedder none(std::string problem, std::string help = kHelp) {
  return {.problem = std::move(problem), .help = std::move(help)};
}

/// A model of this provider.
Embedder of_provider(const Provider& provider, const std::string& id, const std::string& shown) {
  if (const EmbedderFacts* facts = find_row(&provider, id)) return made(facts, id, provider);
  return none(std::string("`") + provider.name + "` has no models for `embed`: " + shown);
}

Embedder by_id(const std::string& id, const std::string& shown) {
  if (const EmbedderFacts* known = find_row(nullptr, id))
    return made(known, id, provider_of(known->provider));
  if (find_facts(nullptr, id))
    return none("the model " + shown + " answers in words; `embed` needs one that makes vectors");
  const Provider& open = provider_of(ProviderName::OpenAi);
  if (has_own_url(open)) return of_provider(open, id, shown);
  return none("no provider is known for the model " + shown + " of `embed`");
}

Embedder registered(const RegisteredModel& own, const std::string& shown) {
  if (!own.problem.empty()) return none(own.problem, "");
  Embedder made = of_provider(own.provider, own.id, shown);
  if (own.most_texts != 0) made.most_texts = own.most_texts;
  return made;
}

}  // namespace

const char* const kNoEmbedderHelp =
    "say `model: \"text-embedding-3-small\"` or another, set PFLOW_EMBED_MODEL, or give `--model "
    "NAME`";

Embedder find_embedder(std::string_view name) {
  ChosenName chosen = resolve_name(name);
  std::string shown = "`" + std::string(name) + "`";
  if (chosen.broken) return {.problem = chosen.problem, .broken = true};
  if (!chosen.problem.empty()) return none(chosen.problem, "");
  if (!chosen.own)
    return chosen.named ? of_provider(*chosen.named, chosen.id, shown) : by_id(chosen.id, shown);
  return registered(*chosen.own, shown);
}

const char* default_embedder() {
  const char* set = std::getenv("PFLOW_EMBED_MODEL");
  return set && *set ? set : pf_default_model();
}

std::string dimensions_problem(const Embedder& embedder, int64_t dimensions) {
  std::string wanted = "`dimensions` is " + std::to_string(dimensions);
  if (dimensions < 1) return wanted + "; expected 1 or more";
  int64_t most = embedder.facts ? embedder.facts->most_dimensions : kMostDimensions;
  if (most == 0) return wanted + ", and the model `" + embedder.id + "` lets nobody choose them";
  if (dimensions <= most) return "";
  return wanted + ", and the model `" + embedder.id + "` has at most " + std::to_string(most);
}

}  // namespace pf_models
