// pflowc play: a program in the browser: written, drawn, run.
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <charconv>
#include <csignal>
#include <filesystem>

#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/options.h"
#include "tools/driver/play/server.h"
#include "tools/driver/report.h"
#include "tools/driver/toolchain.h"

extern char** environ;

namespace pflow {
namespace {

std::string_view set_port(Options& options, const std::string& value) {
  const char* end = value.data() + value.size();
  auto [at, error] = std::from_chars(value.data(), end, options.port);
  return error == std::errc() && at == end ? "" : "a port, 0 to 65535";
}

constexpr OptionRow kOptions[] = {
    {"--port", "N", "the port of 127.0.0.1; default: a free one", set_port},
    {"--no-open", "", "print the address, open no browser", set_flag<&Options::no_open>},
};

std::vector<OptionRows> rows() {
  return {kOptions, kEntryOptions, kPackageOptions, kCommonOptions};
}

/// In the browser of the desktop, if there is one.
void open_browser(std::string address) {
  std::string name = "xdg-open";
  std::array<char*, 3> arguments{name.data(), address.data(), nullptr};
  pid_t child = -1;
  (void)posix_spawnp(&child, name.c_str(), nullptr, nullptr, arguments.data(), environ);
}

int refuse(Diagnostics& diagnostics, const Options& options, DriverEnv& env) {
  show(diagnostics, SourceMap(), options, env);
  return kExitUsage;
}

int serve(const Options& options, DriverEnv& env, const std::string& path) {
  Diagnostics diagnostics;
  play::Workbench workbench(options, env, path, !options.input.empty());
  auto ready = [&](const std::string& address) {
    if (print(address + "\n", options, env) == kExitDone && !options.no_open) open_browser(address);
  };
  Result<int> code = play::serve(workbench, options.port, ready);
  if (code) return *code;
  diagnostics.report(diag::cannot_start, {}, code.message()).help("`--port 0` takes a free port");
  return refuse(diagnostics, options, env);
}

int play_program(const Options& options, DriverEnv& env) {
  Diagnostics diagnostics;
  if (!has_nodes(find_toolchain(env), env, diagnostics)) return refuse(diagnostics, options, env);
  namespace fs = std::filesystem;
  std::error_code none;
  if (options.input.empty())
    return serve(options, env, (fs::current_path(none) / "playground.pf").string());
  const FileKind kind = env.files->kind(options.input);
  if (options.input == "-" || options.words.size() > 1 ||
      (kind != FileKind::File && kind != FileKind::None)) {
    diagnostics.report(diag::command_action, {}, "play", "a file or none",
                       "`" + options.words.back() + "`");
    return refuse(diagnostics, options, env);
  }
  // What cannot be read is not written over.
  if (kind == FileKind::File) {
    Result<std::string> text = env.files->read(options.input);
    if (!text) diagnostics.report(diag::cannot_read, {}, options.input, text.message());
  }
  if (diagnostics.has_errors()) return refuse(diagnostics, options, env);
  return serve(options, env, fs::absolute(options.input, none).string());
}

}  // namespace

constexpr Command kPlayCommand = {"play",
                                  "write, look at and run a program in the browser",
                                  "[FILE.pf] [--port N] [--no-open]",
                                  "review.pf",
                                  rows,
                                  play_program};

}  // namespace pflow
