// pflowc completions SHELL.
#include "support/diagnostics.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/shell/completions.h"

namespace pflow {
namespace {

std::vector<OptionRows> rows() { return {kCommonOptions}; }

int run(const Options& options, DriverEnv& env) {
  const std::string shell = options.word(0);
  if (options.words.size() == 1) {
    if (shell == "bash") return print(shell::bash_completions(), options, env);
    if (shell == "zsh") return print(shell::zsh_completions(), options, env);
    if (shell == "fish") return print(shell::fish_completions(), options, env);
  }
  Diagnostics diagnostics;
  diagnostics
      .report(diag::command_action, {}, "completions", "bash, zsh or fish",
              options.words.empty() ? "nothing" : "`" + options.words.back() + "`")
      .help("`source <(pflowc completions bash)` in ~/.bashrc");
  show(diagnostics, SourceMap(), options, env);
  return kExitUsage;
}

}  // namespace

constexpr Command kCompletionsCommand = {"completions",
                                         "print what a shell completes: bash, zsh or fish",
                                         "bash|zsh|fish",
                                         "bash > ~/.local/share/bash-completion/completions/pflowc",
                                         rows,
                                         run};

}  // namespace pflow
