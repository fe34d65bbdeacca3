#include "tools/driver/home/session.h"

#include "tools/driver/exit_code.h"
#include "tools/driver/home_path.h"
#include "tools/driver/report.h"

namespace pflow::home {

std::string Session::path(std::string_view file) {
  std::string folder = home_path(env_);
  if (!folder.empty()) return folder + "/" + std::string(file);
  fail("none of PFLOW_HOME, XDG_CONFIG_HOME and HOME is set");
  return "";
}

int Session::print(std::string_view text) {
  Result<Done> written = env_.out(text);
  if (written) return kExitDone;
  diagnostics_.report(diag::cannot_write, {}, "standard output", written.message());
  return kExitErrors;
}

int Session::fail(const std::string& problem) {
  diagnostics_.report(diag::home_file, {}, problem);
  return kExitErrors;
}

int Session::fail_missing(std::string_view what, const std::string& name,
                          const std::vector<std::string_view>& known) {
  DiagnosticBuilder report = diagnostics_.report(diag::not_kept, {}, what, name);
  std::string_view near = nearest_name(name, known);
  if (!near.empty()) report.help("did you mean `" + std::string(near) + "`?");
  return kExitErrors;
}

int Session::fail_usage(std::string_view command, std::string_view takes,
                        const std::string& found) {
  diagnostics_.report(diag::command_action, {}, command, takes,
                      found.empty() ? "nothing" : "`" + found + "`");
  return kExitUsage;
}

void Session::show() { pflow::show(diagnostics_, SourceMap(), options_, env_); }

}  // namespace pflow::home
