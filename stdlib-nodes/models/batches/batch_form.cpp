#include "batch_form.h"

#include <charconv>
#include <map>

#include "stdlib-nodes/models/choice/model_facts.h"

namespace pf_models {
namespace {

constexpr std::string_view kPrefix = "item-";

}  // namespace

const BatchForm* batch_form(const Provider& provider) {
  if (provider.batch_share == 0) return nullptr;
  switch (provider.kind) {
    case ProviderName::OpenAi: return &kOpenAiBatches;
    case ProviderName::Anthropic: return &kAnthropicBatches;
    case ProviderName::Gemini: return &kGeminiBatches;
    case ProviderName::Ollama: break;
  }
  return nullptr;
}

const ModelFacts* batch_facts(const ModelFacts* facts) {
  if (facts->wire != &kGeminiInteractions) return facts;
  static std::map<const ModelFacts*, ModelFacts> changed;
  ModelFacts& made = changed.try_emplace(facts, *facts).first->second;
  made.wire = &kGeminiGenerate;
  return &made;
}

std::string batch_word(size_t place) { return std::string(kPrefix) + std::to_string(place); }

size_t batch_place(std::string_view word) {
  size_t place = std::string_view::npos;
  if (!word.starts_with(kPrefix)) return place;
  word.remove_prefix(kPrefix.size());
  std::from_chars(word.data(), word.data() + word.size(), place);
  return place;
}

}  // namespace pf_models
