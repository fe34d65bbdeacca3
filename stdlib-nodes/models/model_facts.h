/// What each model takes, and which of a provider's APIs it is asked by: models.def.
#pragma once

#include <stdint.h>

#include <string>
#include <string_view>

#include "provider.h"
#include "wire_form.h"

namespace pf_models {

/// What chat completions call the bound on the length of an answer.
enum class TokenField : uint8_t { Plain, Completion };

/// How a model is held to a schema: by the API, or by words in its prompt.
enum class ShapeForm : uint8_t { Schema, Prompt };

/// One row of models.def.
struct ModelFacts {
  const char* pattern;
  ProviderName provider;
  const WireForm* wire;
  TokenField tokens;
  bool samples;
  int64_t most_tokens;
  ShapeForm shape;
};

/// The model of a call.
struct Model {
  const ModelFacts* facts = nullptr;  ///< null: nobody is known who has it
  std::string id;                     ///< as its provider calls it

  [[nodiscard]] const Provider& provider() const { return provider_of(facts->provider); }
};

/// The model of this name: `provider/id`, an id that a row of the table knows, or any when
/// OPENAI_BASE_URL says whom to ask.
Model find_model(std::string_view name);

/// For a name of which `find_model` knows nobody.
std::string unknown_model(std::string_view name);
extern const char* const kUnknownModelHelp;

/// Of a model that does not take one.
std::string no_temperature(std::string_view name);
extern const char* const kNoTemperatureHelp;

}  // namespace pf_models
