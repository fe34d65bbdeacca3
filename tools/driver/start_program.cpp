#include "tools/driver/start_program.h"

#include <fcntl.h>

#include <cstring>

#include "runtime/src/cache/size_bound.h"
#include "tools/driver/compile.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/report.h"
#include "tools/driver/run/become.h"
#include "tools/driver/run/recorded_files.h"
#include "tools/driver/run/store.h"
#include "tools/driver/scratch_folder.h"
#include "tools/driver/toolchain.h"

namespace pflow {
namespace {

/// Room for some hundred programs.
constexpr int64_t kMostBytes = 256'000'000;

int cannot_start(int error, const Options& options, DriverEnv& env) {
  Diagnostics diagnostics;
  diagnostics.report(diag::cannot_start, {}, std::strerror(error));
  show(diagnostics, SourceMap(), options, env);
  return kExitErrors;
}

/// Compiles the program to a file that no folder holds in the end; invalid when that failed.
Descriptor compile_program(const Options& given, const run::Program& program,
                           run::RecordedFiles& files, DriverEnv& env, int& code) {
  ScratchFolder scratch("pflowc-run");
  if (scratch.path().empty()) return {};
  Options options = given;
  options.output = (scratch.path() / "program").string();
  options.starts = true;
  if (const std::string_view part = program.served_part(); !part.empty())
    options.parts.emplace_back(part);
  DriverEnv recorded = env;
  recorded.files = &files;
  recorded.read_input = [&] { return Result<std::string>(program.text); };
  CompileReport report;
  code = compile(options, recorded, &report);
  if (code != kExitDone) return {};
  for (const std::string& path : report.linked) files.add_installed(path);
  return Descriptor(open(options.output.c_str(), O_RDONLY | O_CLOEXEC));
}

int compile_and_start(const run::Program& program, run::Store& store, const std::string& entry,
                      const Options& options, DriverEnv& env) {
  run::RecordedFiles files(*env.files, find_toolchain(env).nodes);
  files.add_text(options.input, program.text);
  files.add_installed(env.executable);
  int code = kExitDone;
  Descriptor executable = compile_program(options, program, files, env, code);
  if (code != kExitDone) return code;
  if (executable.get() < 0) return cannot_start(errno, options, env);

  const std::string record = files.record();
  const int64_t most = std::min(kMostBytes, rt::cache_size_bound());
  if (!record.empty() && store.keep(entry, executable.get(), record, most))
    (void)run::become(store.folder(), entry, program.words());
  return cannot_start(run::become(executable.get(), program.words()), options, env);
}

}  // namespace

int start_program(const run::Program& program, const Options& options, DriverEnv& env) {
  run::Store store(run::store_path(env));
  const std::string entry = run::entry_name(program, env);
  run::start_stored(store, entry, program, env);
  return compile_and_start(program, store, entry, options, env);
}

}  // namespace pflow
