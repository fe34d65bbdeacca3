// pflowc fmt: lays files out.

#include <fmt/format.h>

#include "frontend/format/format.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/input_check.h"
#include "tools/driver/input_files.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/unified_diff.h"

namespace pflow {
namespace {

class FmtCommand {
 public:
  FmtCommand(const Options& options, DriverEnv& env) : options_(options), env_(env) {}

  int run() {
    for (const std::string& file : files_of(options_.words))
      if (!lay_out(file)) failed_ = true;
    return failed_ || (options_.check && changes_) ? kExitErrors : kExitDone;
  }

 private:
  /// False after what went wrong was shown.
  bool lay_out(const std::string& path) {
    SourceMap sources;
    Diagnostics diagnostics;
    const bool input = path == "-";
    Result<std::string> text = input ? env_.read_input() : env_.files->read(path);
    if (text) {
      FileId file = sources.add(input ? "<stdin>" : path, std::move(*text));
      if (auto made = format::format_file(file, sources, diagnostics))
        deliver(path, std::string(sources.name(file)), sources.text(file), *made, diagnostics);
    } else {
      diagnostics.report(diag::cannot_read, {}, path, text.message());
    }
    show(diagnostics, sources, options_, env_);
    return !diagnostics.has_errors();
  }

  void deliver(const std::string& path, const std::string& name, std::string_view before,
               const std::string& after, Diagnostics& diagnostics) {
    const bool changed = before != after;
    changes_ |= changed;
    std::string shown;
    if (options_.diff)
      shown = unified_diff(before, after, name);
    else if (options_.check)
      shown = changed ? name + "\n" : "";
    else if (path == "-")
      shown = after;
    Result<Done> printed = shown.empty() ? Done{} : env_.out(shown);
    if (!printed) diagnostics.report(diag::cannot_write, {}, "standard output", printed.message());
    if (options_.diff || options_.check || path == "-" || !changed) return;
    Result<Done> written = env_.files->write(path, after);
    if (!written)
      diagnostics.report(diag::cannot_write, {}, fmt::format("`{}`", path), written.message());
  }

  const Options& options_;
  DriverEnv& env_;
  bool changes_ = false;
  bool failed_ = false;
};

constexpr OptionRow kOptions[] = {
    {"--check", "", "write nothing, name what would change", set_flag<&Options::check>},
    {"--diff", "", "write nothing, show what would change", set_flag<&Options::diff>},
};

std::vector<OptionRows> rows() { return {kOptions, kCommonOptions}; }

int run(const Options& options, DriverEnv& env) {
  if (!check_inputs(options, env)) return kExitUsage;
  return FmtCommand(options, env).run();
}

}  // namespace

constexpr Command kFmtCommand = {"fmt",
                                 "lay out programs, or all below a folder",
                                 "[FILE.pf | FOLDER | -]... [--check] [--diff]",
                                 "--check flows",
                                 rows,
                                 run};

}  // namespace pflow
