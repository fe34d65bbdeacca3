#include "tools/driver/report.h"

#include "tools/driver/exit_code.h"

namespace pflow {
namespace {

bool wants_color(const Options& options, const DriverEnv& env) {
  if (options.color != ColorChoice::Auto) return options.color == ColorChoice::Always;
  return env.err_is_terminal && env.variable("NO_COLOR").empty() && env.variable("TERM") != "dumb";
}

}  // namespace

void show(const Diagnostics& diagnostics, const SourceMap& sources, const Options& options,
          DriverEnv& env) {
  RenderOptions wanted{options.error_format, wants_color(options, env), options.error_limit};
  std::string text = render(diagnostics, sources, wanted);
  if (!text.empty()) env.err(text);
}

int print(std::string_view text, const Options& options, DriverEnv& env) {
  Result<Done> written = env.out(text);
  if (written) return kExitDone;
  Diagnostics diagnostics;
  diagnostics.report(diag::cannot_write, {}, "standard output", written.message());
  show(diagnostics, SourceMap(), options, env);
  return kExitErrors;
}

}  // namespace pflow
