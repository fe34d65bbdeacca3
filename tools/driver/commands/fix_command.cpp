// pflowc fix: makes the edits that errors and warnings offer, where they are certain.
#include <fmt/format.h>

#include "frontend/sema/sema.h"
#include "support/edits.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/input_check.h"
#include "tools/driver/input_files.h"
#include "tools/driver/node_path.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/unified_diff.h"

namespace pflow {
namespace {

/// A text of a program with what the checks say of it.
struct CheckedText {
  SourceMap sources;
  Diagnostics diagnostics;
  FileId file;

  CheckedText(std::string name, std::string text, const Options& options, DriverEnv& env)
      : diagnostics(options.warnings), file(sources.add(std::move(name), std::move(text))) {
    Interner names;
    ParseIds ids;
    ir::TypeTable types;
    const bool of_package = packages::package_of(*env.files, sources.name(file)).has_value();
    auto tree = parse_file(file, of_package ? FileRole::Package : FileRole::Program, sources, names,
                           diagnostics, ids);
    if (diagnostics.has_errors()) return;
    sema::Options wanted{node_path(options, env), "", false};
    sema::check(std::move(tree), wanted, *env.files, sources, names, types, diagnostics, ids);
  }
};

class FixCommand {
 public:
  FixCommand(const Options& options, DriverEnv& env) : options_(options), env_(env) {}

  int run() {
    bool good = true;
    for (const std::string& file : files_of(options_.words)) good &= fix(file);
    return good ? kExitDone : kExitErrors;
  }

 private:
  /// False when errors are left, which are shown.
  bool fix(const std::string& path) {
    const bool input = path == "-";
    Result<std::string> text = input ? env_.read_input() : env_.files->read(path);
    Diagnostics failures;
    if (!text) {
      failures.report(diag::cannot_read, {}, path, text.message());
      show(failures, SourceMap(), options_, env_);
      return false;
    }
    const std::string name = input ? "<stdin>" : path;
    CheckedText last(name, *text, options_, env_);
    const std::string fixed = edited(name, last);
    deliver(path, name, *text, fixed, failures);
    show(failures, SourceMap(), options_, env_);
    CheckedText left(name, fixed, options_, env_);
    show(left.diagnostics, left.sources, options_, env_);
    return !failures.has_errors() && !left.diagnostics.has_errors();
  }

  /// An edit may uncover the next mistake. What two edits do and undo ends, too.
  std::string edited(const std::string& name, const CheckedText& first) {
    constexpr int kMostRounds = 20;
    std::string text(first.sources.text(first.file));
    std::vector<Edit> edits = certain_edits(first.diagnostics, first.file);
    for (int round = 0; round < kMostRounds && !edits.empty(); ++round) {
      text = apply_edits(text, std::move(edits));
      CheckedText next(name, text, options_, env_);
      edits = certain_edits(next.diagnostics, next.file);
    }
    return text;
  }

  void deliver(const std::string& path, const std::string& name, const std::string& before,
               const std::string& after, Diagnostics& failures) {
    if (options_.diff || path == "-") {
      Result<Done> printed = env_.out(options_.diff ? unified_diff(before, after, name) : after);
      if (!printed) failures.report(diag::cannot_write, {}, "standard output", printed.message());
    } else if (before != after) {
      Result<Done> written = env_.files->write(path, after);
      if (!written)
        failures.report(diag::cannot_write, {}, fmt::format("`{}`", path), written.message());
    }
  }

  const Options& options_;
  DriverEnv& env_;
};

constexpr OptionRow kOptions[] = {
    {"--diff", "", "write nothing, show what would change", set_flag<&Options::diff>},
};

std::vector<OptionRows> rows() {
  return {kOptions, kChecksOptions, kPackageOptions, kCommonOptions};
}

int run(const Options& options, DriverEnv& env) {
  if (!check_inputs(options, env)) return kExitUsage;
  return FixCommand(options, env).run();
}

}  // namespace

constexpr Command kFixCommand = {"fix",
                                 "make the edits that errors offer, where they are certain",
                                 "[FILE.pf | FOLDER | -]... [--diff]",
                                 "--diff review.pf",
                                 rows,
                                 run};

}  // namespace pflow
