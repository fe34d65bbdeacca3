#include "no_batches.h"

#include "batch_form.h"
#include "pflow/node.hpp"

namespace pf_models {

std::string no_batches(const Model& model) {
  return std::string("`") + model.asked->name + "`, which has the model `" + model.id +
         "`, takes no batches";
}

std::string no_batches_help() {
  std::string names;
  for (const Provider& provider : all_providers())
    if (batch_form(provider))
      names.append(names.empty() ? "`" : ", `").append(provider.name) += '`';
  return "leave out `batch`, or name a model of one of these providers: " + names;
}

pf_status fail_without_batches(pf_call* call, const Model& model) {
  pflow::fail(call, PF_E_CONFIG, no_batches(model));
  pf_fail_help(call, "%s", no_batches_help().c_str());
  pf_fail_once(call);
  return PF_FAILED;
}

}  // namespace pf_models
