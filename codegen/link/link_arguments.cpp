#include "codegen/link/link_arguments.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace pflow::codegen {
namespace {

namespace fs = std::filesystem;

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

std::string LinkArguments::in_library(std::string_view name) const {
  return fmt::format("{}/{}", request_.library_dir, name);
}

std::string LinkArguments::in_c_library(std::string_view name) const {
  return in_library(fmt::format("{}/{}", request_.is_static ? "static" : "dynamic", name));
}

/// What a target's package begins with.
bool LinkArguments::find_target() {
  std::string first = in_c_library(request_.is_static ? "crt1.o" : "start.o");
  if (is_file(first)) return true;
  diagnostics_.report(diag::no_target, {}, request_.target.triple)
      .note(fmt::format("there is no `{}`", first))
      .help(fmt::format("install the package `pflowc-target-{}`", request_.target.triple));
  return false;
}

void LinkArguments::add_options(const std::string& output) {
  // One thread: a link takes a few milliseconds, about what starting others costs. And a file that
  // is written is faster than one that is mapped, page by page.
  arguments_ = {"ld.lld",
                "--threads=1",
                "--no-mmap-output-file",
                "-m",
                request_.target.emulation,
                "--gc-sections",
                "--icf=safe",
                "-z",
                "relro",
                "--eh-frame-hdr",
                "--no-warnings",
                "-o",
                output};
  if (request_.is_static)
    arguments_.emplace_back("-static");
  else
    for (const char* word : {"-pie", "-z", "now", "--as-needed", "--hash-style=gnu",
                             "-dynamic-linker", request_.target.loader})
      arguments_.emplace_back(word);
  if (!request_.debug_info) arguments_.emplace_back("--strip-debug");
}

bool LinkArguments::add_archive(const std::string& name) {
  std::string path = in_library(name + ".a");
  if (!is_file(path)) {
    diagnostics_.report(diag::no_archive, {}, path)
        .help("the folder `lib/pflow` belongs beside the folder of `pflowc`");
    return false;
  }
  if (add_file(std::move(path))) add_extra(in_library(name + ".link"));
  return true;
}

/// The runtime knows it by a weak name only, which takes nothing out of an archive.
bool LinkArguments::add_weakly_known(const std::string& name) {
  arguments_.push_back("--undefined=" + name);
  return add_archive("lib" + name);
}

/// What their compilers need of C++ and for unwinding is linked as it is for standard nodes.
bool LinkArguments::add_packages() {
  size_t count = 0;
  for (const PackageArchive& package : request_.packages) {
    add_file(package.path);
    // What another name stands for is looked for, and all that it needs.
    for (const std::string& name : package.needed)
      arguments_.push_back(fmt::format("--defsym=pf_needed_{}={}", count++, name));
    for (const std::string& archive : package.archives)
      if (!add_archive(archive)) return false;
  }
  if (!request_.packages.empty())
    for (const char* name : {"libstdc++.a", "libgcc_eh.a", "libgcc.a"}) add_file(in_library(name));
  return true;
}

/// Each once: lld takes what is missing out of an archive wherever it stands, and looks into one
/// that is named again again. False: it is there already.
bool LinkArguments::add_file(std::string path) {
  if (std::ranges::find(arguments_, path) != arguments_.end()) return false;
  arguments_.push_back(std::move(path));
  return true;
}

/// Arguments from a file, divided by white space: files are looked for beside the
/// archives; the rest is handed to lld as it is.
void LinkArguments::add_extra(const std::string& path) {
  std::ifstream in(path);
  for (std::string argument; in >> argument;) {
    bool names_file = !argument.starts_with('-') && ends_with_any(argument, {".a", ".o", ".so"});
    if (names_file && !argument.starts_with('/') && is_file(in_library(argument)))
      argument = in_library(argument);
    if (names_file)
      add_file(std::move(argument));
    else
      arguments_.push_back(std::move(argument));
  }
}

/// What makes requests needs libcurl, and can be recorded: the client needs who listens.
bool LinkArguments::add_client() {
  bool makes_requests = std::ranges::any_of(
      arguments_, [](const std::string& argument) { return argument.ends_with("/libpf_http.a"); });
  if (!makes_requests) return true;
  if (!add_archive("libpf_cassettes")) return false;
  if (request_.is_static) arguments_.push_back(in_c_library("host_names.o"));
  if (request_.curl == Curl::Inside) return add_archive("libpf_curl");
  if (request_.curl == Curl::Installation) {
    loaded_ = in_library("started/libcurl.so.4");
    arguments_.insert(arguments_.end(), {"--disable-new-dtags", "-rpath", in_library("started")});
  }
  return add_archive("libpf_shared_curl");
}

/// In front of everything else.
void LinkArguments::add_start() {
  if (request_.is_static) {
    arguments_.push_back(in_c_library("crt1.o"));
    arguments_.push_back(in_c_library("crti.o"));
  } else {
    arguments_.push_back(in_c_library("start.o"));
  }
}

/// Behind everything else.
void LinkArguments::add_c_library() {
  if (request_.is_static) {
    for (const char* name : {"libm.a", "libc.a"}) arguments_.push_back(in_c_library(name));
    add_file(in_library("libgcc_eh.a"));
    arguments_.push_back(in_c_library("crtn.o"));
    return;
  }
  for (const char* name : {"libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1",
                           "libresolv.so.2", request_.target.loader_name(), "libpf_platform.a"})
    arguments_.push_back(in_c_library(name));
}

bool LinkArguments::collect(const std::vector<std::string>& objects, const std::string& output) {
  if (!find_target()) return false;
  add_options(output);
  add_start();
  add_extra(in_library("sanitize.link"));
  arguments_.insert(arguments_.end(), objects.begin(), objects.end());
  for (const std::string& module : request_.modules)
    if (!add_archive("libpf_" + module)) return false;
  if (!add_packages()) return false;
  if (request_.needs_loop && !add_archive("libpf_loop")) return false;
  for (const Watch* watch : request_.watches)
    if (!add_archive(std::string(watch->archive))) return false;
  if (request_.serving == Serving::Restate && !add_archive("libpf_restate")) return false;
  if (request_.serving != Serving::No && !add_archive("libpf_serve")) return false;
  if (!add_client()) return false;
  if (request_.needs_cache && !add_weakly_known("pf_cache")) return false;
  if (request_.needs_cores && !add_weakly_known("pf_cores")) return false;
  if (!add_archive("libpf_runtime")) return false;
  if (is_file(in_library("libgcc.a"))) add_file(in_library("libgcc.a"));
  add_c_library();
  return true;
}

std::vector<std::string> LinkArguments::installed() const {
  std::vector<std::string> files;
  for (const std::string& argument : arguments_)
    if (ends_with_any(argument, {".a", ".o", ".so"})) files.push_back(argument);
  if (!loaded_.empty()) files.push_back(loaded_);
  return files;
}

}  // namespace pflow::codegen
