#include "asked_model.h"

#include "dialogue.h"
#include "pflow/node.hpp"
#include "provider_check.h"
#include "stdlib-nodes/models/choice/media_inputs.h"
#include "stdlib-nodes/models/choice/model_check.h"
#include "stdlib-nodes/models/choice/model_defaults.h"

namespace pf_models {
namespace {

bool fail_config(pf_call* call, const std::string& problem, const std::string& help = "") {
  pflow::fail(call, PF_E_CONFIG, problem);
  if (!help.empty()) pf_fail_help(call, "%s", help.c_str());
  return false;
}

/// What the call says comes before what stands in PFLOW_HOME.
bool take_options(pf_call* call, Asking& asking, const std::string& name) {
  const llm_in& in = *asking.in;
  ModelRequest& request = asking.request;
  ModelDefaults defaults = model_defaults(asking.model, name);
  if (defaults.broken)
    return fail_config(call, "`model_options.json` in PFLOW_HOME cannot be read");
  request.options = std::move(defaults.options);
  std::string problem = read_options(in.options, asking.model, request.options);
  if (!problem.empty()) return fail_config(call, problem);
  request.temperature = in.temperature.has ? in.temperature.value : defaults.temperature;
  request.max_tokens = in.max_tokens.has ? in.max_tokens.value : defaults.max_tokens;
  return true;
}

bool check_attachments(pf_call* call, const Asking& asking, const std::string& name) {
  for (const Message& message : asking.request.messages)
    for (const Attachment& attachment : message.attachments)
      if (auto refusal = check_attachment(asking.model, name, attachment))
        return fail_config(call, refusal->problem, refusal->help);
  return true;
}

/// The shape of the answer as the model is held to it.
void take_shape(Asking& asking) {
  const llm_in& in = *asking.in;
  ModelRequest& request = asking.request;
  request.system.reset();
  if (in.system.has) request.system = pflow::view(in.system.value);
  request.shape = asking.shape;
  if (asking.shape.schema.empty() || request.facts->shape == ShapeForm::Schema) return;
  request.system = with_shape(request.system.value_or(""), asking.shape);
  request.shape = {};
}

}  // namespace

bool choose_model(pf_call* call, Asking& asking, const std::string& name) {
  asking.named = name;
  asking.model = name == kEcho ? Model{.id = name} : find_model(name);
  ModelRequest& request = asking.request;
  request.model = asking.model.id;
  request.facts = asking.model.facts;
  if (name == kEcho) return true;
  const llm_in& in = *asking.in;
  Asked asked = {in.temperature.has, in.tools.head != nullptr};
  if (std::optional<Refusal> refusal = check_model(asking.model, name, asked))
    return fail_config(call, refusal->problem, refusal->help);
  if (!check_attachments(call, asking, name)) return false;
  if (!check_provider(call, asking.model.provider(), asking.key) ||
      !take_options(call, asking, name))
    return false;
  take_shape(asking);
  request.streamed = asking.streamed && request.facts->streams;
  return true;
}

}  // namespace pf_models
