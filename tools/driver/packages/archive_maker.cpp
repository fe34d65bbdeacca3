#include "tools/driver/packages/archive_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "frontend/packages/sources.h"
#include "tools/driver/packages/rust_bindings.h"
#include "tools/driver/packages/tool_process.h"
#include "tools/driver/toolchain.h"

namespace pflow::packages {
namespace {

namespace fs = std::filesystem;

std::string absolute(const std::string& path) {
  std::error_code none;
  return fs::absolute(path, none).lexically_normal().string();
}

}  // namespace

std::string ArchiveMaker::in_scratch(const std::string& name) const {
  return (scratch_.path() / name).string();
}

bool ArchiveMaker::fail(const std::string& why, const std::string& help) {
  DiagnosticBuilder report =
      session_.diagnostics.report(diag::package_build, {}, package_.name, why);
  if (!help.empty()) report.help(help);
  return false;
}

bool ArchiveMaker::write(const std::string& name, const std::string& text) {
  const std::string path = in_scratch(name);
  Result<Done> written = session_.env.files->write(path, text);
  return written || fail(fmt::format("`{}` could not be written: {}", path, written.message()));
}

bool ArchiveMaker::run(const std::vector<std::string>& words, const Trouble& trouble,
                       std::string* output) {
  const ToolRun done = run_tool(words, absolute(package_.path),
                                {{"PFLOW_BINDINGS", scratch_.path().string()},
                                 {"PFLOW_HEADERS", find_toolchain(session_.env).headers}});
  if (!done.is_there)
    return fail(fmt::format("there is no `{}`", words.front()),
                fmt::format("install it, or name another one in {}", trouble.variable));
  if (output != nullptr) *output = done.output;
  if (output == nullptr) session_.env.err(done.output);
  return done.code == 0 || fail(trouble.what, trouble.help);
}

bool ArchiveMaker::compiles_for_target(bool c) {
  const std::string probe = c ? "probe.c" : "probe.cpp";
  if (!write(probe, c ? "#include <stdlib.h>\n" : "#include <cstdlib>\n")) return false;
  std::vector<std::string> words = c ? tools_.c() : tools_.cpp();
  const char* variable = c ? "CC" : "CXX";
  const char* triple = session_.options.target.triple;
  const std::string what = fmt::format("`{}` does not compile for {}", words.front(), triple);
  words.insert(words.end(), {"-fsyntax-only", in_scratch(probe)});
  return run(words,
             {what, variable,
              fmt::format("clang can, with the libraries of that machine in `--sysroot DIR`; "
                          "so can `{0}-gcc` and `{0}-g++`, which CC and CXX name",
                          triple)});
}

bool ArchiveMaker::compilers_fit() {
  const auto is_c = [](const std::string& source) { return source.ends_with(".c"); };
  const bool c = std::ranges::any_of(manifest_.sources, is_c);
  const bool cpp = !std::ranges::all_of(manifest_.sources, is_c);
  return (!c || compiles_for_target(true)) && (!cpp || compiles_for_target(false));
}

std::string ArchiveMaker::rust_help() const {
  return tools_.cross()
             ? fmt::format("`rustup target add {}` installs what it needs for that machine",
                           tools_.rust_target())
             : "";
}

std::string ArchiveMaker::compile(const std::string& source) {
  const bool c = source.ends_with(".c");
  std::vector<std::string> words = c ? tools_.c() : tools_.cpp();
  const std::string object = in_scratch(fmt::format("{}.o", std::hash<std::string>{}(source)));
  for (std::string word :
       {std::string(c ? "-std=c11" : "-std=c++20"), std::string("-O2"), std::string("-fPIC"),
        std::string("-ffunction-sections"), std::string("-fdata-sections"),
        std::string("-fvisibility=hidden"), "-I" + find_toolchain(session_.env).headers,
        "-I" + scratch_.path().string()})
    words.push_back(std::move(word));
  words.insert(words.end(), manifest_.flags.begin(), manifest_.flags.end());
  words.insert(words.end(), {"-c", source, "-o", object});
  const std::string what = fmt::format("`{}` does not compile", source);
  return run(words, {what, c ? "CC" : "CXX"}) ? object : std::string();
}

bool ArchiveMaker::compile_rust(const std::string& source, const std::string& archive) {
  std::vector<std::string> words = tools_.rust();
  for (const char* word : {"--crate-type=staticlib", "--edition=2021", "-Copt-level=2",
                           "-Cpanic=abort", "-Crelocation-model=pic"})
    words.emplace_back(word);
  words.push_back("--crate-name=" + manifest_.name);
  words.insert(words.end(), manifest_.flags.begin(), manifest_.flags.end());
  words.insert(words.end(), {source, "-o", archive});
  return run(words, {fmt::format("`{}` does not compile", source), "RUSTC", rust_help()});
}

/// A crate is of the type `staticlib`.
bool ArchiveMaker::run_cargo(const std::string& archive) {
  std::vector<std::string> words = tools_.cargo_build();
  words.insert(words.end(), {"--release", "--quiet", "--target-dir", in_scratch("target")});
  words.insert(words.end(), manifest_.flags.begin(), manifest_.flags.end());
  if (!run(words, {"`cargo build` failed", "CARGO", rust_help()})) return false;
  const std::string made = tools_.cross() ? "target/" + tools_.rust_target() : "target";
  std::error_code failed;
  for (const auto& each : fs::directory_iterator(in_scratch(made + "/release"), failed))
    if (each.path().extension() == ".a")
      return fs::copy_file(each.path(), archive, fs::copy_options::overwrite_existing, failed) ||
             fail(failed.message());
  return fail("cargo made no static library",
              "`[lib]` with `crate-type = [\"staticlib\"]` in Cargo.toml makes one");
}

std::string ArchiveMaker::find_library(const std::string& name) {
  const fs::path own = fs::path(absolute(package_.path)) / name;
  if (session_.env.files->kind(own.string()) == FileKind::File) return own.string();
  std::vector<std::string> words = tools_.c();
  words.push_back("-print-file-name=" + name);
  std::string path;
  if (!run(words, {"the compiler does not say where libraries are", "CC"}, &path)) return {};
  path.erase(path.find_last_not_of(" \n") + 1);
  if (session_.env.files->kind(path) == FileKind::File && path != name) return absolute(path);
  fail(fmt::format("there is no library `{}`", name),
       "`link` names static libraries, as `libgumbo.a`, which their `-dev` packages install");
  return {};
}

/// With the members of the libraries that it links, so that it needs nothing of the machine.
bool ArchiveMaker::pack(const std::vector<std::string>& objects, const std::string& archive) {
  std::string script = fmt::format("CREATE {}\n", archive);
  for (const std::string& name : manifest_.link) {
    if (name.starts_with("libpf_")) continue;
    const std::string library = find_library(name);
    if (library.empty()) return false;
    script += fmt::format("ADDLIB {}\n", library);
  }
  for (const std::string& object : objects) script += fmt::format("ADDMOD {}\n", object);
  script += "SAVE\nEND\n";
  if (!write("archive.mri", script)) return false;
  std::vector<std::string> words = {
      "sh", "-c", fmt::format("{} -M < \"$1\"", fmt::join(tools_.archiver(), " ")), "ar",
      in_scratch("archive.mri")};
  return run(words, {"the archive could not be made", "AR"});
}

bool ArchiveMaker::make(const std::string& header, const std::string& archive) {
  if (scratch_.path().empty()) return fail("there is no room for temporary files");
  std::error_code failed;
  const std::string place = absolute(archive);
  fs::create_directories(fs::path(place).parent_path(), failed);
  if (failed) return fail(failed.message());
  if (!write(manifest_.name + ".pf.h", header)) return false;
  if (!write(manifest_.name + ".pf.rs", rust_bindings(header))) return false;
  const std::string& first = manifest_.sources.front();
  if (first.ends_with(".rs")) return compile_rust(first, place);
  if (first == kCargoManifest) return run_cargo(place);
  std::vector<std::string> objects;
  if (tools_.cross() && !compilers_fit()) return false;
  for (const std::string& source : manifest_.sources) {
    objects.push_back(compile(source));
    if (objects.back().empty()) return false;
  }
  return pack(objects, place);
}

}  // namespace pflow::packages
