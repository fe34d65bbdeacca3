#include "embedder.h"

#include <fnmatch.h>

#include <array>
#include <cstdlib>

#include "model_facts.h"

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
const EmbedderFacts* find_facts(const Provider* provider, const std::string& id) {
  for (const EmbedderFacts& row : kEmbedders) {
    if (provider ? &provider_of(row.provider) != provider : row.pattern == kAny) continue;
    if (fnmatch(row.pattern, id.c_str(), 0) == 0) return &row;
  }
  return nullptr;
}

Embedder none(std::string id, std::string problem) {
  return {nullptr, std::move(id), std::move(problem), kHelp};
}

}  // namespace

const char* const kNoEmbedderHelp =
    "say `model: \"text-embedding-3-small\"` or another, set PFLOW_EMBED_MODEL, or give `--model "
    "NAME`";

Embedder find_embedder(std::string_view name) {
  std::string shown = "`" + std::string(name) + "`";
  size_t slash = name.find('/');
  const Provider* named = slash == name.npos ? nullptr : find_provider(name.substr(0, slash));
  std::string id(named ? name.substr(slash + 1) : name);
  if (named && !id.empty()) {
    const EmbedderFacts* facts = find_facts(named, id);
    return facts
               ? Embedder{facts, id, "", nullptr}
               : none(id, std::string("`") + named->name + "` has no models for `embed`: " + shown);
  }
  if (const EmbedderFacts* known = find_facts(nullptr, id)) return {known, id, "", nullptr};
  Model talks = find_model(name);
  if (talks.facts && talks.facts->pattern != kAny)
    return none(id,
                "the model " + shown + " answers in words; `embed` needs one that makes vectors");
  const Provider& open = provider_of(ProviderName::OpenAi);
  if (has_own_url(open)) return {find_facts(&open, id), id, "", nullptr};
  return none(id, "no provider is known for the model " + shown + " of `embed`");
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
