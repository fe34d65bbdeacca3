/// What the name of a model stands for before anything is known of the model: a registered
/// model, `provider/id`, an alias of one of these, or an id.
#pragma once

#include <string>
#include <string_view>

#include "provider.h"

namespace pf_models {

struct RegisteredModel;

struct ChosenName {
  const RegisteredModel* own = nullptr;
  const Provider* named = nullptr;
  std::string id;       ///< behind the provider's name; else what the name or its alias says
  std::string problem;  ///< why it stands for nothing
  bool broken = false;  ///< a file of PFLOW_HOME is, which has been reported with its line
};

ChosenName resolve_name(std::string_view name);

}  // namespace pf_models
