/// The user's own models: models.yaml in PFLOW_HOME, in the form of llm's extra-openai-models.yaml
/// with a few keys more. docs/models.md has them.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "model_facts.h"

namespace pf_models {

/// One entry.
struct RegisteredModel {
  std::vector<std::string> names;  ///< its id, then its aliases
  std::string id;                  ///< as its provider calls it
  ModelFacts facts;
  Provider provider;
  std::string problem;  ///< why this entry cannot be used; empty: it can
  // What `provider` points to.
  std::string url, key_name;
  std::deque<std::string> header_texts;
  std::vector<ProviderHeader> headers;
};

struct Registry {
  std::deque<RegisteredModel> models;
  bool broken = false;  ///< the file cannot be read, which has been reported

  /// By its id or an alias; null when none has the name.
  [[nodiscard]] const RegisteredModel* find(std::string_view name) const;
};

/// What the file says; read once.
const Registry& registered_models();

}  // namespace pf_models
