// pflowc lsp: the language server, over standard input and output.

#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/node_path.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/toolchain.h"
#include "tools/lsp/stdio.h"

namespace pflow {
namespace {

constexpr OptionRow kOptions[] = {
    {"--stdio", "", "what it does anyway, for clients that say which way they talk",
     [](Options&, const std::string&) -> std::string_view { return {}; }},
};

std::vector<OptionRows> rows() { return {kOptions, kPackageOptions, kCommonOptions}; }

int serve(const Options& options, DriverEnv& env) {
  Diagnostics diagnostics;
  if (!options.words.empty())
    diagnostics.report(diag::command_action, {}, "lsp", "nothing", "`" + options.word(0) + "`");
  Toolchain toolchain = find_toolchain(env);
  const bool ready = has_nodes(toolchain, env, diagnostics);
  show(diagnostics, SourceMap(), options, env);
  if (!ready || diagnostics.has_errors()) return kExitUsage;
  std::string pages = env.files->exists(toolchain.pages) ? toolchain.pages : std::string();
  return lsp::serve_stdio(env, node_path(options, env), pages);
}

}  // namespace

constexpr Command kLspCommand = {
    "lsp",       "serve editors: diagnostics, completion and more while you type",
    "[--stdio]", "--stdio",
    rows,        serve};

}  // namespace pflow
