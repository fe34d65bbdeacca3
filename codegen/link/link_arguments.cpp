#include "codegen/link/link_arguments.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace pflow::codegen {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSystemFolders[] = {"/usr/lib/x86_64-linux-gnu",
                                          "/lib/x86_64-linux-gnu",
                                          "/usr/lib64",
                                          "/lib64",
                                          "/usr/lib",
                                          "/lib"};

bool is_file(const std::string& path) {
  std::error_code none;
  return fs::is_regular_file(path, none);
}

bool ends_with_any(const std::string& text, std::initializer_list<std::string_view> ends) {
  for (std::string_view end : ends)
    if (text.ends_with(end)) return true;
  return false;
}

}  // namespace

std::string LinkArguments::in_library(const std::string& name) const {
  return request_.library_dir + "/" + name;
}

std::string LinkArguments::in_system(const std::string& name) const {
  for (const char* folder : kSystemFolders) {
    std::string path = std::string(folder) + "/" + name;
    if (is_file(path)) return path;
  }
  return {};
}

bool LinkArguments::find_c_library() {
  for (const char* name : {"Scrt1.o", "crti.o", "crtn.o", "libc.so"}) {
    if (!in_system(name).empty()) continue;
    diagnostics_.report(diag::no_c_library, {}, name)
        .note("an executable is linked with the C library's start files")
        .help("`apt-get install libc6-dev`");
    return false;
  }
  return true;
}

void LinkArguments::add_options(const std::string& output) {
  // One thread: a link takes a few milliseconds, about what starting others costs.
  arguments_ = {"ld.lld",
                "--threads=1",
                "-pie",
                "-z",
                "relro",
                "-z",
                "now",
                "--gc-sections",
                "--icf=safe",
                "--as-needed",
                "--eh-frame-hdr",
                "--hash-style=gnu",
                "--no-warnings",
                "-dynamic-linker",
                "/lib64/ld-linux-x86-64.so.2",
                "-o",
                output};
  if (!request_.debug_info) arguments_.emplace_back("--strip-debug");
  for (const char* folder : kSystemFolders) arguments_.push_back("-L" + std::string(folder));
}

bool LinkArguments::add_archive(const std::string& name) {
  std::string path = in_library(name + ".a");
  if (!is_file(path)) {
    diagnostics_.report(diag::no_archive, {}, path)
        .help("the folder `lib/pflow` belongs beside the folder of `pflowc`");
    return false;
  }
  arguments_.push_back(path);
  add_extra(in_library(name + ".link"));
  return true;
}

/// Arguments from a file, divided by white space: files are looked for beside the
/// archives, then in the system; the rest is handed to lld as it is.
void LinkArguments::add_extra(const std::string& path) {
  std::ifstream in(path);
  for (std::string argument; in >> argument;) {
    bool names_file = !argument.starts_with('-') && ends_with_any(argument, {".a", ".o", ".so"});
    if (names_file && !argument.starts_with('/')) {
      std::string beside = in_library(argument);
      std::string system = is_file(beside) ? beside : in_system(argument);
      if (!system.empty()) argument = system;
    }
    arguments_.push_back(argument);
  }
}

/// What makes requests can be recorded: the client needs who listens.
bool LinkArguments::add_cassettes() {
  bool makes_requests = std::ranges::any_of(
      arguments_, [](const std::string& argument) { return argument.ends_with("/libpf_http.a"); });
  return !makes_requests || add_archive("libpf_cassettes");
}

bool LinkArguments::collect(const std::vector<std::string>& objects, const std::string& output) {
  if (!find_c_library()) return false;
  add_options(output);
  arguments_.push_back(in_system("Scrt1.o"));
  arguments_.push_back(in_system("crti.o"));
  add_extra(in_library("sanitize.link"));
  arguments_.insert(arguments_.end(), objects.begin(), objects.end());
  for (const std::string& module : request_.modules)
    if (!add_archive("libpf_" + module)) return false;
  if (request_.needs_loop && !add_archive("libpf_loop")) return false;
  if (!add_cassettes()) return false;
  if (request_.needs_cache) {
    // The runtime knows it by a weak name only, which takes nothing out of an archive.
    arguments_.emplace_back("--undefined=pf_cache");
    if (!add_archive("libpf_cache")) return false;
  }
  if (!add_archive("libpf_runtime")) return false;
  arguments_.emplace_back("-lm");  // `%` of floats is fmod
  arguments_.emplace_back("-lc");
  if (is_file(in_library("libgcc.a"))) arguments_.push_back(in_library("libgcc.a"));
  arguments_.push_back(in_system("crtn.o"));
  return true;
}

std::vector<std::string> LinkArguments::installed() const {
  std::vector<std::string> files;
  for (const std::string& argument : arguments_)
    if (ends_with_any(argument, {".a", ".o", ".so"})) files.push_back(argument);
  return files;
}

}  // namespace pflow::codegen
