// What a program with `llm` in it must have before anything runs: a model for every call
// that takes what the call says, and unless it is `echo` a key and the HTTP client.
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "live_site.h"
#include "model_facts.h"
#include "model_source.h"
#include "models.pf.hpp"
#include "pflow/http.hpp"

namespace {

using pf_models::model_source;
using pf_models::ModelSource;
using pf_models::Provider;

/// Whether a call gives the port a value, as far as its source tells.
bool gives(const pf_site& site, const char* port) {
  const pf_literal* given = pf_models::argument_of(site, port);
  return given && (!given->text || std::strcmp(given->text, "none") != 0);
}

/// The preflight of all calls; each problem is reported once.
class Preflight {
 public:
  void check(const pf_site* site) {
    std::string_view name;
    switch (model_source(*site, name)) {
      case ModelSource::Computed: return;
      case ModelSource::Literal: break;
      case ModelSource::Default:
        const char* chosen = pf_default_model();
        if (!chosen) return check_chosen(site);
        name = chosen;
    }
    if (name != pf_models::kEcho) check_model(site, name);
  }
  [[nodiscard]] bool passed() const { return passed_; }

 private:
  void fail(const pf_site* site, const char* help, const std::string& problem) {
    if (std::ranges::find(problems_, problem) == problems_.end())
      pf_config_error(site, help, "%s", problem.c_str());
    problems_.push_back(problem);
    passed_ = false;
  }

  void check_chosen(const pf_site* site) {
    fail(site, pf_models::kNoModelHelp, pf_models::kNoModel);
  }

  void check_model(const pf_site* site, std::string_view name) {
    pf_models::Model model = pf_models::find_model(name);
    if (!model.facts)
      return fail(site, pf_models::kUnknownModelHelp, pf_models::unknown_model(name));
    if (!model.facts->samples && gives(*site, "temperature"))
      fail(site, pf_models::kNoTemperatureHelp, pf_models::no_temperature(name));
    check_provider(site, model.provider());
  }

  void check_provider(const pf_site* site, const Provider& provider) {
    if (std::ranges::find(checked_, &provider) != checked_.end()) return;
    checked_.push_back(&provider);
    std::string problem = pf_models::base_url_problem(provider);
    if (!problem.empty()) return fail(site, nullptr, problem);
    std::string key;
    pf_key_state state = pf_models::find_key(provider, key);
    if (state == PF_KEY_ABSENT && provider.needs_key)
      return fail(site, pf_models::no_key_help(provider).c_str(), pf_models::no_key(provider));
    // It has been reported.
    if (state == PF_KEY_BROKEN) passed_ = false;
    const char* client = state == PF_KEY_BROKEN ? nullptr : pflow::http_problem();
    if (client) fail(site, pflow::kHttpHelp, client);
  }

  std::vector<std::string> problems_;
  std::vector<const Provider*> checked_;
  bool passed_ = true;
};

bool check_all(const pf_site* const* sites, size_t count) {
  Preflight preflight;
  for (size_t i = 0; i < count; ++i) preflight.check(sites[i]);
  return preflight.passed();
}

}  // namespace

bool pfn_models_llm_preflight(const pf_site* const* sites, size_t count) {
  pf_models::find_live_site(sites, count);
  return check_all(sites, count);
}

bool pfn_models_llm_stream_preflight(const pf_site* const* sites, size_t count) {
  return check_all(sites, count);
}

bool pfn_models_llm_items_preflight(const pf_site* const* sites, size_t count) {
  return check_all(sites, count);
}
