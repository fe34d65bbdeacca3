#include "tools/driver/real_files.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "tools/driver/descriptor.h"

namespace pflow {
namespace {

Failure last_error() { return {std::strerror(errno)}; }

/// Whether the call that has just failed is to be made again: after a signal, or once the
/// descriptor is ready, where another process has set its file to one that does not wait.
bool try_again(int descriptor, short wanted) {
  if (errno != EAGAIN) return errno == EINTR;
  pollfd waiting{descriptor, wanted, 0};
  return ::poll(&waiting, 1, -1) >= 0 || errno == EINTR;
}

/// Where a chain of links ends: as every compiler does, we write through links.
std::string link_target(const std::string& path) {
  constexpr int kMostLinks = 40;
  std::filesystem::path target = path;
  std::error_code none;
  for (int i = 0; i < kMostLinks && std::filesystem::is_symlink(target, none); ++i)
    target = target.parent_path() / std::filesystem::read_symlink(target, none);
  return target.string();
}

/// The mode of a file that is replaced, else what the process gives to new ones.
mode_t mode_of(const std::string& path) {
  struct stat info{};
  constexpr mode_t kPermissions = 07777;
  if (::stat(path.c_str(), &info) == 0) return info.st_mode & kPermissions;
  mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

Result<Done> write_beside(const std::string& path, std::string_view bytes) {
  std::string temporary = path + ".XXXXXX";
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) return last_error();
  Result<Done> written = write_descriptor(file.get(), bytes);
  bool ok = static_cast<bool>(written) && ::fchmod(file.get(), mode_of(path)) == 0 &&
            file.close() && ::rename(temporary.c_str(), path.c_str()) == 0;
  if (ok) return Done{};
  Failure why = written ? last_error() : Failure{written.message()};
  ::unlink(temporary.c_str());
  return why;
}

}  // namespace

void open_standard_descriptors() {
  for (int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(descriptor, F_GETFD) < 0) (void)::open("/dev/null", O_RDWR);
}

Result<std::string> read_descriptor(int descriptor) {
  std::string text;
  constexpr size_t kStep = size_t{64} * 1024;
  while (true) {
    size_t had = text.size();
    text.resize(had + kStep);
    ssize_t got = ::read(descriptor, text.data() + had, kStep);
    text.resize(had + (got > 0 ? static_cast<size_t>(got) : 0));
    if (got == 0) return text;
    if (got < 0 && !try_again(descriptor, POLLIN)) return last_error();
  }
}

Result<Done> write_descriptor(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && !try_again(descriptor, POLLOUT)) return last_error();
    if (put > 0) bytes.remove_prefix(static_cast<size_t>(put));
  }
  return Done{};
}

Result<std::string> RealFiles::read(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return last_error();
  return read_descriptor(file.get());
}

Result<Done> RealFiles::write(const std::string& path, std::string_view bytes) {
  struct stat info{};
  bool special = ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode);
  if (!special) return write_beside(link_target(path), bytes);
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.get() < 0) return last_error();
  return write_descriptor(file.get(), bytes);
}

FileKind RealFiles::kind(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) return FileKind::None;
  if (S_ISREG(info.st_mode)) return FileKind::File;
  return S_ISDIR(info.st_mode) ? FileKind::Folder : FileKind::Other;
}

std::string RealFiles::identity(const std::string& path) {
  std::error_code none;
  return std::filesystem::weakly_canonical(std::filesystem::absolute(path, none), none).string();
}

std::vector<std::string> RealFiles::names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code none;
  for (std::filesystem::directory_iterator at(folder, none), end; !none && at != end;
       at.increment(none))
    names.push_back(at->path().filename().string());
  return names;
}

DriverEnv process_env(FileSystem& files) {
  DriverEnv env;
  env.files = &files;
  env.read_input = [] { return read_descriptor(STDIN_FILENO); };
  env.out = [](std::string_view text) { return write_descriptor(STDOUT_FILENO, text); };
  // Nobody is left to tell when standard error is gone.
  env.err = [](std::string_view text) { (void)write_descriptor(STDERR_FILENO, text); };
  env.variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  env.has_variable = [](const char* name) { return std::getenv(name) != nullptr; };
  env.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
  std::error_code none;
  env.executable = std::filesystem::read_symlink("/proc/self/exe", none).string();
  return env;
}

}  // namespace pflow
