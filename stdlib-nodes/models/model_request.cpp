#include "model_request.h"

namespace pf_models {

std::string system_with_shape(const ModelRequest& request) {
  std::string system(request.system.value_or(""));
  if (request.shape.schema.empty()) return system;
  if (!system.empty()) system += "\n\n";
  return system +
         "Answer with JSON alone, without a fence around it, that fits this JSON schema:\n" +
         request.shape.schema;
}

}  // namespace pf_models
