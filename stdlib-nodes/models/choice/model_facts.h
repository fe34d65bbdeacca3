/// What models take, and which of a provider's APIs they are asked by.
#pragma once

#include <stdint.h>

#include <string>

#include "provider.h"
#include "stdlib-nodes/models/wire_form.h"

namespace pf_models {

/// What chat completions call the bound on the length of an answer.
enum class TokenField : uint8_t { Plain, Completion };

/// How a model is held to a schema: by the API, or by words in its prompt.
enum class ShapeForm : uint8_t { Schema, Prompt };

/// A row of models.def, or what models.yaml says.
struct ModelFacts {
  const char* pattern;  ///< fnmatch(3)
  ProviderName provider;
  const WireForm* wire;
  TokenField tokens;
  bool samples;  ///< it takes a `temperature`
  int64_t most_tokens;
  ShapeForm shape;
  uint8_t inputs;  ///< what it takes beside text, a set of MediaKind
  bool streams = true;
  bool tools = true;
};

/// The first row for the id; of any provider when none is given, except those for any id.
const ModelFacts* find_facts(const Provider* provider, const std::string& id);
/// Whether it is a row for any id of its provider.
bool is_any(const ModelFacts& facts);

}  // namespace pf_models
