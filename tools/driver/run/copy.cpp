#include "tools/driver/run/copy.h"

#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

namespace pflow::run {
namespace {

/// MFD_EXEC of Linux 6.3: where files in memory cannot be executed unless that is asked for.
constexpr unsigned kExecutable = 0x10;

int make(const char* name) {
  int file = memfd_create(name, MFD_CLOEXEC | kExecutable);
  return file >= 0 ? file : memfd_create(name, MFD_CLOEXEC);
}

}  // namespace

bool copy_all(int from, int to) {
  struct stat info{};
  if (fstat(from, &info) != 0) return false;
  for (off_t at = 0; at < info.st_size;)
    if (sendfile(to, from, &at, static_cast<size_t>(info.st_size - at)) <= 0) return false;
  return true;
}

Descriptor copy_to_memory(const std::string& name, int executable) {
  Descriptor memory(make(name.c_str()));
  if (memory.get() >= 0 && copy_all(executable, memory.get())) return memory;
  return {};
}

}  // namespace pflow::run
