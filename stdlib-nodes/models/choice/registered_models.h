/// Models that are no provider's own: of models.yaml in PFLOW_HOME, then of the packages that the
/// program imports.
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
  std::string origin;     ///< `models.yaml`, or the package
  std::string problem;    ///< why this entry cannot be used; empty: it can
  bool embeds = false;    ///< it makes vectors, and nothing else
  size_t most_texts = 0;  ///< in one request for vectors; 0: as its API takes them
  // What `provider` points to.
  std::string url, key_name;
  std::deque<std::string> header_texts;
  std::vector<ProviderHeader> headers;
};

struct Registry {
  std::deque<RegisteredModel> models;
  bool broken = false;  ///< the user's file cannot be read, which has been reported

  /// By its id or an alias; null when none has the name.
  [[nodiscard]] const RegisteredModel* find(std::string_view name) const;
};

/// Read once.
const Registry& registered_models();

}  // namespace pf_models
