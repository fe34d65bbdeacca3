#include "model_facts.h"

#include <fnmatch.h>

#include <array>
#include <string_view>

#include "stdlib-nodes/models/attachments/media_type.h"

namespace pf_models {
namespace {

constexpr uint8_t kImage = static_cast<uint8_t>(MediaKind::Image),
                  kPdf = static_cast<uint8_t>(MediaKind::Pdf),
                  kAudio = static_cast<uint8_t>(MediaKind::Audio), kSeen = kImage | kPdf,
                  kAll = kSeen | kAudio;

constexpr auto kModels = std::to_array<ModelFacts>({
#define PFLOW_MODEL(pattern, provider, wire, tokens, samples, most_tokens, shape, inputs) \
  {pattern,     ProviderName::provider, &k##wire, TokenField::tokens, samples,            \
   most_tokens, ShapeForm::shape,       inputs},
#include "models.def"
});

constexpr std::string_view kAny = "*";

/// The first character decides about most rows: an `llm` looks at all of them.
bool fits(const ModelFacts& row, const std::string& id) {
  const char first = row.pattern[0];
  if (first != '*' && first != id.c_str()[0]) return false;
  return fnmatch(row.pattern, id.c_str(), 0) == 0;
}

}  // namespace

const ModelFacts* find_facts(const Provider* provider, const std::string& id) {
  for (const ModelFacts& row : kModels) {
    if (provider ? provider->kind != row.provider : is_any(row)) continue;
    if (fits(row, id)) return &row;
  }
  return nullptr;
}

bool is_any(const ModelFacts& facts) { return facts.pattern == kAny; }

}  // namespace pf_models
