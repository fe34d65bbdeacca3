// What beside its arguments decides the answer of `llm`: the default model of calls that
// name none, and the addresses of whoever may be asked.
#include "asked_providers.h"
#include "model_facts.h"
#include "model_source.h"
#include "models.pf.hpp"
#include "pflow/node.hpp"

namespace {

using pf_models::Provider;

/// What is known of the models of a stage's calls.
struct Asked {
  bool by_default = false;  ///< one may ask the default model
  pf_models::AskedProviders providers;

  void add(std::string_view model) {
    pf_models::Model found = pf_models::find_model(model);
    if (model != pf_models::kEcho && found.facts) providers.insert(&found.provider());
  }
  void add_default() {
    by_default = true;
    if (const char* model = pf_default_model()) add(model);
  }
  void add_any() {
    for (const Provider& provider : pf_models::all_providers()) providers.insert(&provider);
  }
};

void add_call(Asked& asked, const pf_settings* of, const pf_site* site) {
  std::string_view model;
  switch (pf_models::model_source(*site, model)) {
    case pf_models::ModelSource::Literal: return asked.add(model);
    case pf_models::ModelSource::Default: return asked.add_default();
    case pf_models::ModelSource::Computed: break;
  }
  const pf_str* computed = pf_setting_argument(of, site, "model");
  if (!computed) asked.add_any();
  if (!computed || !computed->data) return asked.add_default();
  asked.add(pflow::view(*computed));
}

}  // namespace

void pfn_models_llm_settings(pf_settings* to, const pf_site* const* sites, size_t count) {
  Asked asked;
  for (size_t i = 0; i < count; ++i) add_call(asked, to, sites[i]);
  const char* model = pf_default_model();
  if (asked.by_default) pf_setting_add(to, "default model", model ? model : "");
  pf_models::add_addresses(to, asked.providers);
}
