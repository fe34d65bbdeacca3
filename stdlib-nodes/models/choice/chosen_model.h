/// Which model a name means: a registered one, `provider/id`, an alias, or an id that is known.
#pragma once

#include <string>
#include <string_view>

#include "model_facts.h"

namespace pf_models {

/// The model of a call.
struct Model {
  const ModelFacts* facts = nullptr;  ///< null: nobody is known who has it, `problem` says why
  std::string id;                     ///< as its provider calls it
  const Provider* asked = nullptr;
  std::string problem;
  std::string help;
  /// A file of PFLOW_HOME is broken, which has been reported with its line.
  bool broken = false;

  [[nodiscard]] const Provider& provider() const { return *asked; }
  /// `provider/id`, by which settings tell models apart.
  [[nodiscard]] std::string full_name() const { return std::string(asked->name) + "/" + id; }
};

/// The model of this name; any is one when OPENAI_BASE_URL says whom to ask.
Model find_model(std::string_view name);

}  // namespace pf_models
