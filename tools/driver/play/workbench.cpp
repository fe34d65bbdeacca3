#include "tools/driver/play/workbench.h"

#include <fmt/format.h>

#include "tools/driver/compile.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/node_path.h"
#include "tools/driver/toolchain.h"
#include "tools/lsp/open_files.h"

namespace pflow::play {
namespace {

constexpr std::string_view kFirstText =
    "flow main(topic: str = \"tea\") {\n"
    "  par {\n"
    "    llm(\"Speak for ${topic}\") -> pro\n"
    "    llm(\"Speak against ${topic}\") -> con\n"
    "  }\n"
    "  llm(\"Who is right? ${pro} ${con}\") >> print()\n"
    "}\n";

}  // namespace

Workbench::Workbench(const Options& options, DriverEnv& env, std::string path, bool saves)
    : options_(options),
      env_(env),
      path_(std::move(path)),
      saves_(saves),
      runs_("pflowc-play"),
      programs_("pflowc-play-programs") {}

std::string Workbench::first_text() const {
  if (!saves_) return std::string(kFirstText);
  Result<std::string> text = env_.files->read(path_);
  return text ? *text : std::string(kFirstText);
}

Result<Done> Workbench::save(const std::string& text) { return env_.files->write(path_, text); }

sema::NodePath Workbench::nodes() const { return node_path(options_, env_); }

std::string Workbench::pages() const {
  std::string pages = find_toolchain(env_).pages;
  return env_.files->exists(pages) ? pages : std::string();
}

Result<std::string> Workbench::draw(const std::string& text) {
  Options options = options_;
  options.emit = Emit::Graph;
  options.graph = GraphForm::Json;
  return compiled(text, std::move(options));
}

std::string Workbench::report(int number) const {
  return (programs_.path() / fmt::format("{}.html", number)).string();
}

Result<Workbench::Made> Workbench::make(const std::string& text) {
  Options options = options_;
  options.emit = Emit::Executable;
  options.starts = true;
  // One that still runs is not written over.
  options.output = (programs_.path() / std::to_string(++made_)).string();
  const std::string output = options.output;
  Result<std::string> done = compiled(text, std::move(options));
  if (!done) return Failure{done.message()};
  return Made{output, made_};
}

Result<std::string> Workbench::compiled(const std::string& text, Options options) {
  lsp::OpenFiles files(*env_.files, nodes().standard);
  files.open(path_, text);
  std::string printed, reported;
  DriverEnv env = env_;
  env.files = &files;
  env.out = [&](std::string_view bytes) {
    printed += bytes;
    return Result<Done>(Done{});
  };
  env.err = [&](std::string_view bytes) { reported += bytes; };
  env.err_is_terminal = false;
  options.input = path_;
  if (compile(options, env) != kExitDone) return Failure{reported};
  return printed;
}

}  // namespace pflow::play
