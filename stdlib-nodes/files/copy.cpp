#include "copy.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "path_text.h"
#include "read_whole.h"

namespace pf_files {
namespace {

constexpr size_t kChunk = 256 * 1024;

/// By the kernel alone, where both file systems can.
Problem copy_in_kernel(int from, int to, bool* impossible) {
  for (bool first = true;; first = false) {
    ssize_t n = copy_file_range(from, nullptr, to, nullptr, size_t{1} << 30, 0);
    if (n > 0) continue;
    if (n < 0 && errno == EINTR) continue;
    // Files of /proc say that they are empty: only reading shows what is in them.
    *impossible = first && (n == 0 || (errno != ENOSPC && errno != EDQUOT && errno != EIO));
    return {n == 0 || *impossible ? 0 : errno, false};
  }
}

Problem copy_by_reading(int from, int to) {
  static char chunk[kChunk];
  for (;;) {
    int64_t n = pf_read(from, chunk, sizeof(chunk));
    if (n < 0) return {errno, true};
    if (n == 0) return {};
    size_t written;
    if (int error = write_all(to, chunk, static_cast<size_t>(n), &written)) return {error, false};
  }
}

}  // namespace

Problem copy(const char* from, const char* to, Existing existing) {
  Descriptor source(open_to_read(from));
  struct stat info;
  if (source.get() < 0 || fstat(source.get(), &info) != 0) return {errno, true};
  NewFile copy;
  if (int error = copy.open(to, existing)) return {error, false};
  bool by_reading = true;
  Problem problem;
  if (S_ISREG(info.st_mode)) problem = copy_in_kernel(source.get(), copy.descriptor(), &by_reading);
  if (by_reading) problem = copy_by_reading(source.get(), copy.descriptor());
  if (problem.error) return problem;
  if (S_ISREG(info.st_mode)) {
    if (int error = copy.set_mode(info.st_mode & 0777)) return {error, false};
  }
  return {copy.finish(), false};
}

pf_status cannot(pf_call* call, const char* verb, const char* from, const char* to,
                 Problem problem) {
  const char* why = reason(problem.error);
  if (problem.at_source) return pf_fail(call, PF_E_IO, "cannot %s `%s`: %s", verb, from, why);
  if (problem.error != EEXIST) {
    return pf_fail(call, PF_E_IO, "cannot %s `%s` to `%s`: %s", verb, from, to, why);
  }
  pf_fail(call, PF_E_IO, "cannot %s `%s` to `%s`: there is a file", verb, from, to);
  pf_fail_help(call, "`overwrite: true` replaces it");
  return PF_FAILED;
}

}  // namespace pf_files
