#include "preflight_report.h"

#include <algorithm>

#include "pflow/http.hpp"

namespace pf_models {

void PreflightReport::fail(const pf_site* site, const char* help, const std::string& problem) {
  if (std::ranges::find(problems_, problem) == problems_.end())
    pf_config_error(site, help && *help ? help : nullptr, "%s", problem.c_str());
  problems_.push_back(problem);
  passed_ = false;
}

void PreflightReport::check_provider(const pf_site* site, const Provider& provider) {
  if (std::ranges::find(checked_, &provider) != checked_.end()) return;
  checked_.push_back(&provider);
  std::string problem = base_url_problem(provider);
  if (!problem.empty()) return fail(site, nullptr, problem);
  std::string key;
  pf_key_state state = find_key(provider, key);
  if (state == PF_KEY_ABSENT && provider.needs_key)
    return fail(site, no_key_help(provider).c_str(), no_key(provider));
  // It has been reported.
  if (state == PF_KEY_BROKEN) reject();
  const char* client = state == PF_KEY_BROKEN ? nullptr : pflow::http_problem();
  if (client) fail(site, pflow::kHttpHelp, client);
}

}  // namespace pf_models
