/// The names that the user has for nodes: node_aliases.json in PFLOW_HOME.
#pragma once

#include "frontend/sema/sema.h"
#include "tools/driver/driver_env.h"

namespace pflow {

[[nodiscard]] sema::NodeAliases node_aliases(const DriverEnv& env);

}  // namespace pflow
