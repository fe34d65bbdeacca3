// pflowc plan: what a program may do, before it does it.
#include "tools/driver/commands/commands.h"
#include "tools/driver/compile.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/input_check.h"
#include "tools/driver/options.h"

namespace pflow {
namespace {

std::vector<OptionRows> rows() {
  return {kJsonOption, kEntryOptions, kChecksOptions, kPackageOptions, kCommonOptions};
}

int run(const Options& given, DriverEnv& env) {
  if (!check_input(given, env)) return kExitUsage;
  Options options = given;
  options.emit = Emit::Plan;
  return compile(options, env);
}

}  // namespace

constexpr Command kPlanCommand = {
    "plan",    "show which files, hosts, commands and models a program touches",
    "FILE.pf", "review.pf --json",
    rows,      run};

}  // namespace pflow
