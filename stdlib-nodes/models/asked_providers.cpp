#include "asked_providers.h"

namespace pf_models {

void add_addresses(pf_settings* to, const AskedProviders& asked) {
  for (const Provider* provider : asked) {
    std::string name = std::string("address of `") + provider->name + "`";
    pf_setting_add(to, name.c_str(), canonical_url(*provider).c_str());
  }
}

}  // namespace pf_models
