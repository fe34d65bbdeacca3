// What a program with `llm` in it must have before anything runs: a model for every call
// that takes what the call says, and unless it is `echo` a key and the HTTP client.
#include <cstring>
#include <string>

#include "batches/batch_form.h"
#include "batches/no_batches.h"
#include "live_site.h"
#include "model_source.h"
#include "models.pf.hpp"
#include "preflight_report.h"
#include "stdlib-nodes/models/choice/model_check.h"
#include "stdlib-nodes/models/choice/model_defaults.h"
#include "stdlib-nodes/models/choice/prices.h"

namespace {

using pf_models::model_source;
using pf_models::ModelSource;

/// Whether a call gives the port a value, as far as its source tells.
bool gives(const pf_site& site, const char* port) {
  const pf_literal* given = pf_models::argument_of(site, port);
  return given && (!given->text || std::strcmp(given->text, "none") != 0);
}

/// The preflight of all calls.
class Preflight {
 public:
  void check(const pf_site* site) {
    for (const std::string& other :
         pf_models::names_in(pf_models::argument_of(*site, "fallback_models")))
      check_named(site, other, false);
    std::string_view name;
    switch (model_source(*site, name)) {
      case ModelSource::Computed: return;
      case ModelSource::Literal: break;
      case ModelSource::Default:
        const char* chosen = pf_default_model();
        if (!chosen) return check_chosen(site);
        name = chosen;
    }
    check_named(site, name, gives(*site, "batch"));
  }
  [[nodiscard]] bool passed() const { return report_.passed(); }

 private:
  void check_chosen(const pf_site* site) {
    report_.fail(site, pf_models::kNoModelHelp, pf_models::kNoModel);
  }

  void check_named(const pf_site* site, std::string_view name, bool batched) {
    if (name == pf_models::kEcho) return;
    pf_models::Model model = pf_models::find_model(name);
    pf_models::Asked asked = {gives(*site, "temperature"), gives(*site, "tools")};
    if (auto refusal = pf_models::check_model(model, name, asked))
      return refusal->reported ? report_.reject()
                               : report_.fail(site, refusal->help.c_str(), refusal->problem);
    if (pf_models::model_defaults(model, name).broken) return report_.reject();
    if (batched && !pf_models::batch_form(model.provider()))
      return report_.fail(site, pf_models::no_batches_help().c_str(), pf_models::no_batches(model));
    report_.check_provider(site, model.provider());
  }

  pf_models::PreflightReport report_;
};

bool check_all(const pf_site* const* sites, size_t count) {
  pf_log_run();
  Preflight preflight;
  for (size_t i = 0; i < count; ++i) preflight.check(sites[i]);
  return preflight.passed() && pf_models::prices_are_good();
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
