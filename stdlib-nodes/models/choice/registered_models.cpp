#include "registered_models.h"

#include <algorithm>

#include "pflow/node.hpp"
#include "pflow/packages.h"
#include "stdlib-nodes/models/attachments/media_type.h"
#include "stdlib-nodes/models_yaml/models_yaml.h"

namespace pf_models {
namespace {

struct ApiForm {
  ProviderName provider;
  const WireForm* wire;
};

/// By Api.
constexpr ApiForm kApis[] = {
    {ProviderName::OpenAi, &kOpenAiChat},           {ProviderName::OpenAi, &kOpenAiResponses},
    {ProviderName::Anthropic, &kAnthropicMessages}, {ProviderName::Gemini, &kGeminiGenerate},
    {ProviderName::Gemini, &kGeminiInteractions},   {ProviderName::Ollama, &kOllamaChat},
};
static_assert(std::size(kApis) == std::size(kApiWords));

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
ModelFacts facts_of(const ModelsEntry& entry, const ApiForm& api, const std::string& id) {
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
void choose_provider(RegisteredModel& model, const ModelsEntry& entry, const ApiForm& api) {
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
  model.provider.batch_share = 0;
  model.provider.needs_key = !model.key_name.empty();
  if (model.key_name.empty()) model.provider.key_name = nullptr;
}

/// `file` is what messages call it.
void fill(RegisteredModel& model, const ModelsEntry& entry, const std::string& file) {
  for (std::string_view name : entry.names()) model.names.emplace_back(name);
  std::string_view sent = entry.text("model_name");
  model.id = sent.empty() ? model.names.front() : std::string(sent);
  if (const ModelsProblem problem = entry.problem(); !problem.why.empty()) {
    model.problem = file + ":" + std::to_string(problem.line) + ": " + problem.why;
    return;
  }
  const ApiForm& api = kApis[static_cast<size_t>(entry.api())];
  model.facts = facts_of(entry, api, model.id);
  model.embeds = entry.flag("embedding", false);
  model.most_texts = static_cast<size_t>(entry.count("max_texts", 0));
  choose_provider(model, entry, api);
}

void add_all(Registry& registry, const ModelsList& list, const std::string& file,
             const std::string& origin) {
  for (const ModelsEntry& entry : list.entries()) {
    RegisteredModel& model = registry.models.emplace_back();
    model.origin = origin;
    fill(model, entry, file);
  }
}

void add_own(Registry& registry) {
  pf_str path{}, bytes{};
  pf_home_state state = pf_home_bytes("models.yaml", &path, &bytes);
  pflow::Text owned_path(path), owned_bytes(bytes);
  registry.broken = state == PF_HOME_BROKEN;
  if (state != PF_HOME_READ) return;
  const std::string file(owned_path.view());
  const ModelsList list(owned_bytes.view());
  add_all(registry, list, file, "models.yaml");
  if (list.problem().why.empty()) return;
  registry.broken = true;
  pf_config_error(nullptr, "it is a list of models, each with a `model_id`: see docs/models.md",
                  "%s:%u: the file of models cannot be read: %s", file.c_str(), list.problem().line,
                  list.problem().why.c_str());
}

/// Their files have been checked by the compiler.
void add_packages(Registry& registry) {
  for (const pf_package_models* each = pf_models_of_packages; each && each->package; ++each) {
    const std::string origin = std::string("package ") + each->package;
    add_all(registry, ModelsList(each->text), "models of the " + origin, origin);
  }
}

Registry read_registry() {
  Registry registry;
  add_own(registry);
  add_packages(registry);
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
