/// Who makes vectors of texts: embedders.def.
#pragma once

#include <stdint.h>

#include <string>
#include <string_view>

#include "pflow/abi.h"
#include "provider.h"
#include "stdlib-nodes/models/embedding_form.h"

namespace pf_models {

/// One row of embedders.def.
struct EmbedderFacts {
  const char* pattern;
  ProviderName provider;
  const EmbeddingForm* form;
  size_t most_texts;
  int64_t most_dimensions;
};

/// The model of a call.
struct Embedder {
  const EmbedderFacts* facts = nullptr;  ///< null: none has this name, `problem` says why
  std::string id;                        ///< as its provider calls it
  const Provider* asked = nullptr;
  size_t most_texts = 0;  ///< in one request
  std::string problem;
  std::string help;
  bool broken = false;  ///< as that of a Model

  [[nodiscard]] const Provider& provider() const { return *asked; }
};

/// The model of this name: a registered one, `provider/id`, an alias, an id that a row of the
/// table knows, or any that is no model for `llm` when OPENAI_BASE_URL says whom to ask.
Embedder find_embedder(std::string_view name);

/// The model of calls that name none: PFLOW_EMBED_MODEL, else the default model; null without.
const char* default_embedder();
extern const char* const kNoEmbedderHelp;

/// What is wrong with so many dimensions for this model; empty when nothing is.
std::string dimensions_problem(const Embedder& embedder, int64_t dimensions);

}  // namespace pf_models
