/// Whom the calls of a stage may ask, as settings that decide its results.
#pragma once

#include <set>

#include "pflow/abi.h"
#include "provider.h"

namespace pf_models {

using AskedProviders = std::set<const Provider*>;

/// Adds the address of each, in the order of providers.def.
void add_addresses(pf_settings* to, const AskedProviders& asked);

}  // namespace pf_models
