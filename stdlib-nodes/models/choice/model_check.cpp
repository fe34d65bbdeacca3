#include "model_check.h"

namespace pf_models {

std::optional<Refusal> check_model(const Model& model, std::string_view name, const Asked& asked) {
  if (!model.facts) return Refusal{model.problem, model.help, model.broken};
  std::string shown = "the model `" + std::string(name) + "` takes no ";
  if (asked.temperature && !model.facts->samples)
    return Refusal{shown + "`temperature`", "leave it out", false};
  if (asked.tools && !model.facts->tools)
    return Refusal{shown + "`tools`", "models.yaml says so: `supports_tools`", false};
  return std::nullopt;
}

}  // namespace pf_models
