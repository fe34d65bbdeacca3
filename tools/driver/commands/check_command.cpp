// pflowc check: what pflowc --check does, as a command.
#include "tools/driver/commands/commands.h"
#include "tools/driver/compile.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/input_check.h"
#include "tools/driver/options.h"

namespace pflow {
namespace {

std::vector<OptionRows> rows() {
  return {kEntryOptions, kChecksOptions, kPackageOptions, kTimeOption, kCommonOptions};
}

int run(const Options& given, DriverEnv& env) {
  if (!check_input(given, env)) return kExitUsage;
  Options options = given;
  options.emit = Emit::Nothing;
  return compile(options, env);
}

}  // namespace

constexpr Command kCheckCommand = {"check",   "report the errors of a program, make nothing",
                                   "FILE.pf", "review.pf -Werror",
                                   rows,      run};

}  // namespace pflow
