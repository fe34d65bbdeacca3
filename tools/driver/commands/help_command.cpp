// pflowc help [COMMAND].
#include "support/diagnostics.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/commands/help_text.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/shell/manual.h"

namespace pflow {
namespace {

constexpr OptionRow kOptions[] = {
    {"--man", "", "print the manual page, for man(1)", set_flag<&Options::manual>},
};

std::vector<OptionRows> rows() { return {kOptions, kCommonOptions}; }

void report_unknown(const std::string& name, Diagnostics& diagnostics) {
  DiagnosticBuilder report = diagnostics.report(diag::command_action, {}, "help",
                                                "the name of a command", "`" + name + "`");
  std::string_view near = nearest_name(name, command_names());
  if (!near.empty()) report.help("`pflowc help " + std::string(near) + "`");
}

int run(const Options& options, DriverEnv& env) {
  if (options.manual) return print(shell::manual_page(), options, env);
  if (options.input.empty()) return print(help_text(), options, env);
  if (const Command* command = find_command(options.input))
    return print(help_text(*command), options, env);
  Diagnostics diagnostics;
  report_unknown(options.input, diagnostics);
  show(diagnostics, SourceMap(), options, env);
  return kExitUsage;
}

}  // namespace

constexpr Command kHelpCommand = {
    "help", "say what a command does, and which options it takes", "[COMMAND]\n--man", "test", rows,
    run};

}  // namespace pflow
