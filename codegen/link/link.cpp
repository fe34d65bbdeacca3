/// Links in process with lld. The object goes through a file in memory; the
/// output is written beside its place and renamed when it is whole.
#include <fmt/format.h>
#include <lld/Common/Driver.h>
#include <llvm/Support/raw_ostream.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <deque>
#include <filesystem>
#include <fstream>

#include "codegen/codegen.h"
#include "codegen/link/link_arguments.h"
#include "codegen/link/undefined_symbols.h"

LLD_HAS_DRIVER(elf)

namespace pflow::codegen {
namespace {

/// A file without a name in any folder; lld opens it by its descriptor.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes)
      : descriptor_(memfd_create("program.o", MFD_CLOEXEC)) {
    while (descriptor_ >= 0 && !bytes.empty()) {
      ssize_t written = write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return;
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    whole_ = bytes.empty() && descriptor_ >= 0;
  }
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] bool whole() const { return whole_; }
  [[nodiscard]] std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

 private:
  int descriptor_;
  bool whole_ = false;
};

/// A device or a pipe takes what is written, and stays.
bool is_special(const std::string& path) {
  struct stat info{};
  return stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

bool copy_into(const std::string& from, const std::string& to) {
  std::ifstream in(from, std::ios::binary);
  std::ofstream out(to, std::ios::binary | std::ios::out);
  out << in.rdbuf();
  return static_cast<bool>(out.flush());
}

/// A file that disappears unless it was renamed to its place.
class UnfinishedOutput {
 public:
  explicit UnfinishedOutput(const std::string& place)
      : place_(place), special_(is_special(place)), path_(part_of(place, special_)) {}
  ~UnfinishedOutput() {
    if (!path_.empty()) unlink(path_.c_str());
  }
  UnfinishedOutput(const UnfinishedOutput&) = delete;
  UnfinishedOutput& operator=(const UnfinishedOutput&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool finish() {
    if (special_) return copy_into(path_, place_);
    if (rename(path_.c_str(), place_.c_str()) != 0) return false;
    path_.clear();
    return true;
  }

 private:
  static std::string part_of(const std::string& place, bool special) {
    std::error_code none;
    std::string beside =
        special ? (std::filesystem::temp_directory_path(none) / "pflowc").string() : place;
    return fmt::format("{}.{}.part", beside, getpid());
  }

  std::string place_;
  bool special_;
  std::string path_;
};

/// False with lld's messages.
bool run_lld(const std::vector<std::string>& arguments, std::string& messages) {
  std::vector<const char*> words;
  words.reserve(arguments.size());
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  llvm::raw_string_ostream out(messages);
  lld::Result result = lld::lldMain(words, out, out, {{lld::Gnu, &lld::elf::link}});
  return result.retCode == 0;
}

void report_messages(Diagnostics& diagnostics, std::string_view messages) {
  constexpr int kMost = 8;
  DiagnosticBuilder report = diagnostics.report(diag::link_failed, {});
  for (int i = 0; i < kMost && !messages.empty(); ++i) {
    size_t end = messages.find('\n');
    std::string_view line = messages.substr(0, end);
    if (line.starts_with("ld.lld: ")) line.remove_prefix(8);
    if (!line.empty()) report.note(std::string(line));
    messages.remove_prefix(end == std::string_view::npos ? messages.size() : end + 1);
  }
}

bool report_unwritable(Diagnostics& diagnostics, const std::string& output, int error) {
  diagnostics.report(diag::cannot_write, {}, fmt::format("`{}`", output), strerror(error));
  return false;
}

/// Why a file cannot be made in the output's folder; 0 when it can. It is removed: what lld makes
/// anew can be executed.
int creation_error(const std::string& path) {
  FILE* file = fopen(path.c_str(), "wx");
  if (file == nullptr) return errno;
  fclose(file);
  return unlink(path.c_str()) == 0 ? 0 : errno;
}

}  // namespace

bool link(const LinkRequest& request, Diagnostics& diagnostics) {
  std::deque<MemoryFile> objects;
  std::vector<std::string> paths;
  for (const std::string& bytes : request.objects) {
    const MemoryFile& object = objects.emplace_back(bytes);
    if (!object.whole()) return report_unwritable(diagnostics, "the object in memory", errno);
    paths.push_back(object.path());
  }
  UnfinishedOutput output(request.output);
  LinkArguments arguments(request, diagnostics);
  if (!arguments.collect(paths, output.path())) return false;
  if (request.linked != nullptr) *request.linked = arguments.installed();
  if (int error = creation_error(output.path()); error != 0)
    return report_unwritable(diagnostics, request.output, error);
  std::string messages;
  if (!run_lld(arguments.all(), messages)) {
    if (!report_undefined(request.packages, messages, diagnostics))
      report_messages(diagnostics, messages);
    return false;
  }
  return output.finish() || report_unwritable(diagnostics, request.output, errno);
}

}  // namespace pflow::codegen
