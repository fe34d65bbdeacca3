#include "model_request.h"

namespace pf_models {
namespace {

void add_paragraph(std::string& text, std::string_view more) {
  if (!text.empty() && !more.empty()) text += "\n\n";
  text += more;
}

}  // namespace

std::string whole_system(const ModelRequest& request) {
  std::string system = request.system.value_or("");
  for (const Message& message : request.messages)
    if (message.role == Role::System) add_paragraph(system, message.text);
  return system;
}

std::string with_shape(std::string system, const Shape& shape) {
  add_paragraph(system,
                "Answer with JSON alone, without a fence around it, that fits this JSON schema:\n" +
                    shape.schema);
  return system;
}

}  // namespace pf_models
