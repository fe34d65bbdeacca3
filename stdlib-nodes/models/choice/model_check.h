/// Whether a model takes what a call says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "chosen_model.h"

namespace pf_models {

/// What not every model takes.
struct Asked {
  bool temperature = false;
  bool tools = false;
};

/// Why a model cannot be asked so.
struct Refusal {
  std::string problem;
  std::string help;       ///< may be empty
  bool reported = false;  ///< as something of PFLOW_HOME that is broken
};

/// `name` is what the call says.
std::optional<Refusal> check_model(const Model& model, std::string_view name, const Asked& asked);

}  // namespace pf_models
