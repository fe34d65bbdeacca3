// What a program with `embed` in it must have before anything runs, and what beside its arguments
// decides the vectors: the model of calls that name none, and the addresses that may be asked.
#include "asked_providers.h"
#include "model_source.h"
#include "models.pf.hpp"
#include "pflow/node.hpp"
#include "preflight_report.h"
#include "stdlib-nodes/models/choice/embedder.h"
#include "stdlib-nodes/models/choice/prices.h"

namespace {

using pf_models::Embedder;
using pf_models::ModelSource;
using pf_models::PreflightReport;

void check_model(PreflightReport& report, const pf_site* site, std::string_view name) {
  if (name == pf_models::kEcho) return;
  Embedder embedder = pf_models::find_embedder(name);
  if (embedder.broken) return report.reject();
  if (!embedder.facts) return report.fail(site, embedder.help.c_str(), embedder.problem);
  report.check_provider(site, embedder.provider());
}

void check_call(PreflightReport& report, const pf_site* site) {
  std::string_view name;
  switch (pf_models::model_source(*site, name)) {
    case ModelSource::Computed: return;
    case ModelSource::Literal: return check_model(report, site, name);
    case ModelSource::Default: break;
  }
  if (const char* chosen = pf_models::default_embedder()) return check_model(report, site, chosen);
  report.fail(site, pf_models::kNoEmbedderHelp, pf_models::kNoModel);
}

/// Nothing is known of a computed model that is not there yet: anybody may be asked.
void add_call(pf_models::AskedProviders& asked, const pf_settings* of, const pf_site* site) {
  std::string_view name;
  ModelSource source = pf_models::model_source(*site, name);
  if (source == ModelSource::Computed) {
    const pf_str* computed = pf_setting_argument(of, site, "model");
    if (!computed)
      for (const pf_models::Provider& each : pf_models::all_providers()) asked.insert(&each);
    else if (computed->data)
      name = pflow::view(*computed);
  }
  if (name.empty()) {
    const char* chosen = pf_models::default_embedder();
    name = chosen ? chosen : "";
  }
  Embedder embedder = pf_models::find_embedder(name);
  if (name != pf_models::kEcho && embedder.facts) asked.insert(&embedder.provider());
}

}  // namespace

bool pfn_models_embed_preflight(const pf_site* const* sites, size_t count) {
  pf_log_run();
  PreflightReport report;
  for (size_t i = 0; i < count; ++i) check_call(report, sites[i]);
  return report.passed() && pf_models::prices_are_good();
}

void pfn_models_embed_settings(pf_settings* to, const pf_site* const* sites, size_t count) {
  pf_models::AskedProviders asked;
  for (size_t i = 0; i < count; ++i) add_call(asked, to, sites[i]);
  const char* chosen = pf_models::default_embedder();
  pf_setting_add(to, "default model of `embed`", chosen ? chosen : "");
  pf_models::add_addresses(to, asked);
}
