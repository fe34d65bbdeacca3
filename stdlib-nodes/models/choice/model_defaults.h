/// What a model is given where a call says nothing: model_options.json in PFLOW_HOME.
#pragma once

#include <stdint.h>

#include <optional>
#include <string_view>
#include <vector>

#include "chosen_model.h"
#include "model_options.h"

namespace pf_models {

struct ModelDefaults {
  std::optional<double> temperature;
  std::optional<int64_t> max_tokens;
  std::vector<SetOption> options;
  bool broken = false;  ///< the file, or what it says of the model; it has been reported
};

/// What stands there under the name, the id or `provider/id`, the first that does.
ModelDefaults model_defaults(const Model& model, std::string_view name);

}  // namespace pf_models
