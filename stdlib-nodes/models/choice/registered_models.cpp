#include "registered_models.h"

#include <algorithm>

#include "models_file.h"
#include "pflow/node.hpp"
#include "stdlib-nodes/models/attachments/media_type.h"

namespace pf_models {
namespace {

using pflow::YamlNode;

struct Api {
  std::string_view word;
  ProviderName provider;
  const WireForm* wire;
};

constexpr Api kApis[] = {
    {"chat", ProviderName::OpenAi, &kOpenAiChat},
    {"responses", ProviderName::OpenAi, &kOpenAiResponses},
    {"anthropic", ProviderName::Anthropic, &kAnthropicMessages},
    {"gemini", ProviderName::Gemini, &kGeminiGenerate},
    {"interactions", ProviderName::Gemini, &kGeminiInteractions},
    {"ollama", ProviderName::Ollama, &kOllamaChat},
};

/// The API of the entry; null when it names none that there is.
const Api* api_of(const ModelsEntry& entry) {
  std::string_view word = entry.text("api");
  if (word.empty()) word = entry.flag("responses", false) ? "responses" : "chat";
  const auto* found = std::ranges::find(kApis, word, &Api::word);
  return found == std::end(kApis) ? nullptr : found;
}

/// What it takes beside text, where the entry says so.
uint8_t inputs_of(const ModelsEntry& entry, uint8_t known) {
  constexpr auto kAudio = static_cast<uint8_t>(MediaKind::Audio);
  constexpr auto kSeen =
      static_cast<uint8_t>(MediaKind::Image) | static_cast<uint8_t>(MediaKind::Pdf);
  int seen = entry.has("vision") ? (entry.flag("vision", false) ? kSeen : 0) : known & kSeen;
  int heard = entry.has("audio") ? (entry.flag("audio", false) ? kAudio : 0) : known & kAudio;
  return static_cast<uint8_t>(seen | heard);
}

/// What the model takes: as the entry says, else as its row of the table, else as llm has it.
ModelFacts facts_of(const ModelsEntry& entry, const Api& api, const std::string& id) {
  const Provider& kin = provider_of(api.provider);
  bool own_server = !entry.text("api_base").empty();
  ModelFacts facts = *find_facts(&kin, id);
  if (own_server) facts.shape = ShapeForm::Prompt;
  facts.wire = api.wire;
  bool reasons = entry.flag("reasoning", facts.tokens == TokenField::Completion);
  facts.tokens = reasons ? TokenField::Completion : TokenField::Plain;
  facts.samples = entry.flag("temperature", entry.has("reasoning") ? !reasons : facts.samples);
  facts.most_tokens = entry.count("max_tokens", facts.most_tokens);
  bool schema = entry.flag("supports_schema", facts.shape == ShapeForm::Schema);
  facts.shape = schema ? ShapeForm::Schema : ShapeForm::Prompt;
  facts.inputs = inputs_of(entry, facts.inputs);
  facts.streams = entry.flag("can_stream", true);
  facts.tools = entry.flag("supports_tools", true);
  return facts;
}

void add_headers(RegisteredModel& model, const ModelsEntry& entry) {
  for (const auto& [key, value] : entry.map("headers")) {
    const std::string& name = model.header_texts.emplace_back(key.text);
    model.headers.push_back({name, model.header_texts.emplace_back(value.text)});
  }
}

/// A server of its own, or the provider whose API it is.
void choose_provider(RegisteredModel& model, const ModelsEntry& entry, const Api& api) {
  model.provider = provider_of(api.provider);
  model.url = entry.text("api_base");
  model.key_name = entry.text("api_key_name");
  add_headers(model, entry);
  model.provider.headers = model.headers;
  if (!model.key_name.empty()) {
    model.provider.key_name = model.key_name.c_str();
    model.provider.key_variable = nullptr;
  }
  if (model.url.empty()) return;
  // Its key is not sent to a server that is another's.
  model.provider.name = model.names.front().c_str();
  model.provider.base_variable = nullptr;
  model.provider.default_url = model.url;
  model.provider.needs_key = !model.key_name.empty();
  if (model.key_name.empty()) model.provider.key_name = nullptr;
}

void fill(RegisteredModel& model, const ModelsEntry& entry) {
  model.names.emplace_back(entry.text("model_id"));
  for (const YamlNode& alias : entry.list("aliases")) model.names.emplace_back(alias.text);
  std::string_view sent = entry.text("model_name");
  model.id = sent.empty() ? model.names.front() : std::string(sent);
  model.problem = entry.problem();
  const Api* api = api_of(entry);
  if (model.problem.empty() && !api)
    model.problem = entry.place() + ": there is no `api` called `" +
                    std::string(entry.text("api")) +
                    "`; expected chat, responses, anthropic, gemini, interactions or ollama";
  if (!model.problem.empty()) return;
  model.facts = facts_of(entry, *api, model.id);
  choose_provider(model, entry, *api);
}

Registry read_registry() {
  Registry registry;
  ModelsFile file;
  registry.broken = file.broken();
  for (const ModelsEntry& entry : file.entries()) fill(registry.models.emplace_back(), entry);
  return registry;
}

}  // namespace

const RegisteredModel* Registry::find(std::string_view name) const {
  for (const RegisteredModel& model : models)
    if (std::ranges::find(model.names, name) != model.names.end()) return &model;
  return nullptr;
}

const Registry& registered_models() {
  static const auto* registry = new Registry(read_registry());
  return *registry;
}

}  // namespace pf_models
