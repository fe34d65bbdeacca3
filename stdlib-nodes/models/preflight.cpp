// What a program with `llm` in it must have before anything runs: a model for
// every call, and unless it is `echo` a key and the HTTP client.
#include <string>

#include "model_source.h"
#include "models.pf.hpp"
#include "pflow/http.hpp"
#include "provider.h"

namespace {

using pf_models::model_source;
using pf_models::ModelSource;

/// Whether this call is known to ask the provider; reports a call without model.
bool asks_provider(const pf_site* site, bool& sound) {
  std::string_view model;
  switch (model_source(*site, model)) {
    case ModelSource::Computed: return false;
    case ModelSource::Literal: return model != pf_models::kEcho;
    case ModelSource::Default: break;
  }
  const char* chosen = pf_default_model();
  if (chosen) return chosen != pf_models::kEcho;
  if (sound) pf_config_error(site, pf_models::kNoModelHelp, "%s", pf_models::kNoModel);
  sound = false;
  return false;
}

/// Whether the provider can be asked; reports why not, once.
bool check_provider(const pf_site* site) {
  std::string problem = pf_models::base_url_problem();
  if (!problem.empty()) {
    pf_config_error(site, nullptr, "%s", problem.c_str());
    return false;
  }
  std::string key;
  pf_key_state state = pf_models::find_key(key);
  if (state == PF_KEY_ABSENT) {
    pf_config_error(site, pf_models::kNoKeyHelp, "%s", pf_models::kNoKey);
  }
  if (state != PF_KEY_FOUND) return false;
  const char* client = pflow::http_problem();
  if (client) pf_config_error(site, pflow::kHttpHelp, "%s", client);
  return !client;
}

}  // namespace

bool pfn_models_llm_preflight(const pf_site* const* sites, size_t count) {
  bool sound = true;
  const pf_site* asking = nullptr;
  for (size_t i = 0; i < count; ++i) {
    if (asks_provider(sites[i], sound) && !asking) asking = sites[i];
  }
  return (!asking || check_provider(asking)) && sound;
}
