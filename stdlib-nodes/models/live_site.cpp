#include "live_site.h"

#include <string_view>
#include <tuple>

namespace pf_models {
namespace {

const pf_site* g_site;

auto place(const pf_site* site) {
  bool of_main = std::string_view(site->id).starts_with("main/");
  return std::tuple(of_main, site->line, site->column);
}

}  // namespace

void find_live_site(const pf_site* const* sites, size_t count) {
  for (size_t i = 0; i < count; ++i)
    if (!g_site || place(sites[i]) > place(g_site)) g_site = sites[i];
}

bool is_live_site(const pf_site* site) { return site == g_site && pf_live(); }

}  // namespace pf_models
