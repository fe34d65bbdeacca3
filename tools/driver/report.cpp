#include "tools/driver/report.h"

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

}  // namespace pflow
