// What beside its arguments decides the answer of `llm`: the default model of calls that name
// none, what files of PFLOW_HOME say of the models, and the addresses of whoever may be asked.
#include <set>

#include "asked_providers.h"
#include "model_source.h"
#include "models.pf.hpp"
#include "pflow/node.hpp"
#include "stdlib-nodes/models/choice/chosen_model.h"
#include "stdlib-nodes/models/choice/model_defaults.h"

namespace {

using pf_models::Provider;

/// What is known of the models of a stage's calls.
struct Asked {
  bool by_default = false;  ///< one may ask the default model
  pf_models::AskedProviders providers;
  std::set<std::string> names;

  void add(std::string_view model) {
    if (model == pf_models::kEcho) return;
    pf_models::Model found = pf_models::find_model(model);
    if (!found.facts) return;
    providers.insert(&found.provider());
    names.emplace(model);
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
  for (const std::string& other :
       pf_models::names_in(pf_models::argument_of(*site, "fallback_models")))
    asked.add(other);
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

/// What the name stands for, where it is not what is sent, and what it is given by default.
void add_model(pf_settings* to, const std::string& name) {
  pf_models::Model model = pf_models::find_model(name);
  std::string means = model.id == name ? "" : model.full_name();
  pf_models::ModelDefaults defaults = pf_models::model_defaults(model, name);
  if (defaults.temperature) means += " temperature=" + std::to_string(*defaults.temperature);
  if (defaults.max_tokens) means += " max_tokens=" + std::to_string(*defaults.max_tokens);
  for (const pf_models::SetOption& option : defaults.options)
    means += " " + option.path + "=" + option.value;
  if (!means.empty()) pf_setting_add(to, ("model `" + name + "`").c_str(), means.c_str());
}

}  // namespace

void pfn_models_llm_settings(pf_settings* to, const pf_site* const* sites, size_t count) {
  Asked asked;
  for (size_t i = 0; i < count; ++i) add_call(asked, to, sites[i]);
  const char* model = pf_default_model();
  if (asked.by_default) pf_setting_add(to, "default model", model ? model : "");
  for (const std::string& name : asked.names) add_model(to, name);
  pf_models::add_addresses(to, asked.providers);
}
