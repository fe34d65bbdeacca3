#include "model_facts.h"

#include <fnmatch.h>

#include <array>

namespace pf_models {
namespace {

constexpr auto kModels = std::to_array<ModelFacts>({
#define PFLOW_MODEL(pattern, provider, wire, tokens, samples, most_tokens, shape) \
  {pattern,     ProviderName::provider, &k##wire, TokenField::tokens, samples,    \
   most_tokens, ShapeForm::shape},
#include "models.def"
});

constexpr std::string_view kAny = "*";

/// The first row for the id; of any provider when none is given.
const ModelFacts* find_facts(const Provider* provider, const std::string& id) {
  for (const ModelFacts& row : kModels) {
    if (provider ? &provider_of(row.provider) != provider : row.pattern == kAny) continue;
    if (fnmatch(row.pattern, id.c_str(), 0) == 0) return &row;
  }
  return nullptr;
}

}  // namespace

const char* const kUnknownModelHelp =
    "say who has it: `openai/NAME`, `anthropic/NAME`, `gemini/NAME` or `ollama/NAME`; or set "
    "OPENAI_BASE_URL to a server that speaks OpenAI's chat completions";
const char* const kNoTemperatureHelp = "leave it out";

Model find_model(std::string_view name) {
  size_t slash = name.find('/');
  if (slash != name.npos) {
    const Provider* named = find_provider(name.substr(0, slash));
    std::string id(name.substr(slash + 1));
    if (named && !id.empty()) return {find_facts(named, id), id};
  }
  std::string id(name);
  if (const ModelFacts* known = find_facts(nullptr, id)) return {known, id};
  const Provider& open = provider_of(ProviderName::OpenAi);
  return {has_own_url(open) ? find_facts(&open, id) : nullptr, id};
}

std::string unknown_model(std::string_view name) {
  return "no provider is known for the model `" + std::string(name) + "`";
}

std::string no_temperature(std::string_view name) {
  return "the model `" + std::string(name) + "` takes no `temperature`";
}

}  // namespace pf_models
