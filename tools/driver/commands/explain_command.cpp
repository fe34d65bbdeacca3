#include "tools/driver/commands/explain_command.h"

#include "support/explain.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/report.h"

namespace pflow {
namespace {

std::vector<OptionRows> rows() { return {kCommonOptions}; }

int run(const Options& options, DriverEnv& env) { return explain(options.input, options, env); }

}  // namespace

int explain(const std::string& code, const Options& options, DriverEnv& env) {
  std::string_view page = explain_page(code);
  if (!page.empty()) return print(page, options, env);
  Diagnostics diagnostics;
  if (code.empty()) {
    diagnostics.report(diag::no_code, {}).help("for example `pflowc explain PF0301`");
  } else {
    diagnostics.report(diag::unknown_code, {}, code)
        .note("a code is `PF` and four digits, as messages show it");
  }
  show(diagnostics, SourceMap(), options, env);
  return kExitUsage;
}

constexpr Command kExplainCommand = {
    "explain", "say more about an error or a warning, with examples", "CODE", "PF0301", rows, run};

}  // namespace pflow
