/// Whom the calls of a stage may ask, as settings that decide its results.
#pragma once

#include <set>
#include <string_view>

#include "pflow/abi.h"
#include "stdlib-nodes/models/choice/provider.h"

namespace pf_models {

/// By name, so that the settings are the same in each run.
struct ByName {
  bool operator()(const Provider* a, const Provider* b) const {
    return std::string_view(a->name) < b->name;
  }
};
using AskedProviders = std::set<const Provider*, ByName>;

/// Adds the address of each.
void add_addresses(pf_settings* to, const AskedProviders& asked);

}  // namespace pf_models
