// pflowc primer: the language on one page.
#include <algorithm>

#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"

namespace pflow {
namespace {

constexpr std::string_view kPage =
#include "reference/primer_page.inc"
    ;

/// Without the marks of what the scripts of the documentation make.
std::string without_marks(std::string_view page) {
  std::string text;
  while (!page.empty()) {
    const size_t end = std::min(page.find('\n'), page.size() - 1) + 1;
    if (!page.starts_with("<!--")) text += page.substr(0, end);
    page.remove_prefix(end);
  }
  return text;
}

std::vector<OptionRows> rows() { return {kCommonOptions}; }

int run(const Options& options, DriverEnv& env) {
  if (!options.words.empty()) {
    Diagnostics diagnostics;
    diagnostics.report(diag::command_action, {}, "primer", "nothing", "`" + options.word(0) + "`");
    show(diagnostics, SourceMap(), options, env);
    return kExitUsage;
  }
  return print(without_marks(kPage), options, env);
}

}  // namespace

constexpr Command kPrimerCommand = {
    "primer", "print all that is needed to write flows, on one page", "", "", rows, run};

}  // namespace pflow
