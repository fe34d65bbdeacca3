// What beside its arguments decides the answer of `llm`: the default model of calls that
// name none, and the address of whoever is asked.
#include "model_source.h"
#include "models.pf.hpp"
#include "pflow/node.hpp"
#include "provider.h"

namespace {

/// What is known of the models of a stage's calls.
struct Asked {
  bool by_default = false;  ///< one may ask the default model
  bool provider = false;    ///< one may ask the provider
};

void add_default(Asked& asked) {
  const char* model = pf_default_model();
  asked.by_default = true;
  asked.provider = asked.provider || !model || model != pf_models::kEcho;
}

void add_call(Asked& asked, const pf_settings* of, const pf_site* site) {
  std::string_view model;
  switch (pf_models::model_source(*site, model)) {
    case pf_models::ModelSource::Literal: break;
    case pf_models::ModelSource::Default: return add_default(asked);
    case pf_models::ModelSource::Computed:
      const pf_str* computed = pf_setting_argument(of, site, "model");
      if (!computed) asked.provider = true;
      if (!computed || !computed->data) return add_default(asked);
      model = pflow::view(*computed);
  }
  asked.provider = asked.provider || model != pf_models::kEcho;
}

}  // namespace

void pfn_models_llm_settings(pf_settings* to, const pf_site* const* sites, size_t count) {
  Asked asked;
  for (size_t i = 0; i < count; ++i) add_call(asked, to, sites[i]);
  const char* model = pf_default_model();
  if (asked.by_default) pf_setting_add(to, "default model", model ? model : "");
  if (asked.provider)
    pf_setting_add(to, "address of the provider", pf_models::canonical_url().c_str());
}
