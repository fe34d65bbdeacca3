#include "tools/driver/home_path.h"

namespace pflow {

std::string home_path(const DriverEnv& env) {
  std::string home = env.variable("PFLOW_HOME");
  if (!home.empty()) return home;
  std::string config = env.variable("XDG_CONFIG_HOME");
  if (!config.empty()) return config + "/pflow";
  std::string user = env.variable("HOME");
  return user.empty() ? "" : user + "/.config/pflow";
}

}  // namespace pflow
