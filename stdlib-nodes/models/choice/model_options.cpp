#include "model_options.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <string_view>

#include "chosen_model.h"
#include "pflow/json.hpp"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

enum class OptionKind : uint8_t {
  Number,
  Chance,  ///< a number, of models that take a `temperature`
  Count,   ///< a whole number
  Texts,   ///< a text, or a list of some
  Word,
};

struct OptionFacts {
  std::string_view name;
  OptionKind kind;
  std::string_view chat, responses, messages, gemini, interactions, ollama;

  [[nodiscard]] std::string_view place(const WireForm& wire) const {
    if (&wire == &kOpenAiChat) return chat;
    if (&wire == &kOpenAiResponses) return responses;
    if (&wire == &kAnthropicMessages) return messages;
    if (&wire == &kGeminiGenerate) return gemini;
    return &wire == &kGeminiInteractions ? interactions : ollama;
  }
};

constexpr auto kOptions = std::to_array<OptionFacts>({
#define PFLOW_MODEL_OPTION(name, kind, chat, responses, messages, gemini, interactions, ollama) \
  {#name, OptionKind::kind, chat, responses, messages, gemini, interactions, ollama},
#include "model_options.def"
});

std::string_view wanted(OptionKind kind) {
  switch (kind) {
    case OptionKind::Number:
    case OptionKind::Chance: return "a number";
    case OptionKind::Count: return "a whole number";
    case OptionKind::Texts: return "a text or a list of texts";
    case OptionKind::Word: return "a word";
  }
  return "";
}

bool is_of(const pf_json& value, OptionKind kind) {
  switch (kind) {
    case OptionKind::Number:
    case OptionKind::Chance: return value.kind == PF_JSON_INT || value.kind == PF_JSON_FLOAT;
    case OptionKind::Count: return value.kind == PF_JSON_INT;
    case OptionKind::Word: return value.kind == PF_JSON_STR;
    case OptionKind::Texts: break;
  }
  if (value.kind == PF_JSON_STR) return true;
  if (value.kind != PF_JSON_ARRAY) return false;
  pflow::Elements<pf_json> texts(value.list);
  return std::all_of(texts.begin(), texts.end(),
                     [](const pf_json& text) { return text.kind == PF_JSON_STR; });
}

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

/// Those that the model takes.
std::string taken_by(const Model& model) {
  std::string all;
  for (const OptionFacts& option : kOptions) {
    if (option.place(*model.facts->wire).empty()) continue;
    if (option.kind == OptionKind::Chance && !model.facts->samples) continue;
    all += (all.empty() ? "" : ", ") + quoted(option.name);
  }
  return all;
}

std::string json_of(const OptionFacts& option, const pf_json& value, const WireForm& wire) {
  std::string json(pflow::Text(pflow::json_text(value)).view());
  if (option.kind == OptionKind::Texts && value.kind == PF_JSON_STR) return "[" + json + "]";
  // generateContent writes its words in capitals.
  if (option.kind == OptionKind::Word && &wire == &kGeminiGenerate)
    for (char& c : json)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return json;
}

}  // namespace

bool is_number(std::string_view name) {
  const auto* option = std::ranges::find(kOptions, name, &OptionFacts::name);
  return option != kOptions.end() && option->kind != OptionKind::Texts &&
         option->kind != OptionKind::Word;
}

std::string read_option(std::string_view name, const pf_json& value, const Model& model,
                        std::vector<SetOption>& to) {
  const WireForm& wire = *model.facts->wire;
  const auto* option = std::ranges::find(kOptions, name, &OptionFacts::name);
  bool known = option != kOptions.end();
  bool takes = known && !option->place(wire).empty() &&
               (option->kind != OptionKind::Chance || model.facts->samples);
  if (!takes)
    return (known ? "the model " + quoted(model.id) + " takes no option "
                  : std::string("there is no option ")) +
           quoted(name) + "; it takes " + taken_by(model);
  if (!is_of(value, option->kind))
    return "the option " + quoted(name) + " is " +
           std::string(pflow::Text(pflow::json_text(value)).view()) + "; expected " +
           std::string(wanted(option->kind));
  to.push_back({std::string(option->place(wire)), json_of(*option, value, wire)});
  return "";
}

std::string read_options(const pf_json& given, const Model& model, std::vector<SetOption>& to) {
  if (given.kind == PF_JSON_NULL) return "";
  if (given.kind != PF_JSON_OBJECT) return "`options` is no JSON object";
  std::string problem;
  for (const auto& [key, value] : pflow::Entries<pf_json>(given.list))
    if (problem.empty()) problem = read_option(pflow::view(key), value, model, to);
  return problem;
}

void add_options(boost::json::object& body, const std::vector<SetOption>& options) {
  for (const SetOption& option : options) {
    boost::json::object* at = &body;
    std::string_view path = option.path;
    for (size_t dot = path.find('.'); dot != path.npos; dot = path.find('.')) {
      boost::json::value& inner = (*at)[path.substr(0, dot)];
      at = inner.is_object() ? &inner.as_object() : &inner.emplace_object();
      path.remove_prefix(dot + 1);
    }
    (*at)[path] = value_of(option.value);
  }
}

}  // namespace pf_models
