#include "runtime/src/cores/core_count.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>

#include "pflow/abi.h"

namespace pflow::rt {
namespace {

constexpr char kVariable[] = "PFLOW_CORES";
constexpr long kMost = 256;

const char* setting() {
  const char* value = getenv(kVariable);
  return value && *value ? value : nullptr;
}

bool read_count(const char* text, size_t* out) {
  char* rest;
  errno = 0;
  long number = strtol(text, &rest, 10);
  if (*text < '0' || *text > '9' || *rest != '\0' || errno != 0 || number < 1) return false;
  *out = static_cast<size_t>(std::min(number, kMost));
  return true;
}

size_t allowed_by_scheduler() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return 1;
  return static_cast<size_t>(CPU_COUNT(&set));
}

/// `cpu.max` of a container holds the microseconds of processor time in so many of time, or `max`.
size_t allowed_by_control_group() {
  char text[64] = {};
  int file = open("/sys/fs/cgroup/cpu.max", O_RDONLY | O_CLOEXEC);
  if (file < 0) return kMost;
  ssize_t len = read(file, text, sizeof(text) - 1);
  close(file);
  char* rest;
  long quota = strtol(text, &rest, 10);
  if (len <= 0 || rest == text) return kMost;
  long period = strtol(rest, nullptr, 10);
  return quota < 1 || period < 1 ? kMost : static_cast<size_t>((quota + period - 1) / period);
}

}  // namespace

size_t core_count() {
  size_t count;
  if (const char* value = setting(); value && read_count(value, &count)) return count;
  count = std::min({allowed_by_scheduler(), allowed_by_control_group(), size_t{kMost}});
  return std::max<size_t>(count, 1);
}

bool check_core_count() {
  const char* value = setting();
  size_t count;
  if (!value || read_count(value, &count)) return true;
  pf_config_error(nullptr, "for example `PFLOW_CORES=1`; without it all cores are used",
                  "`%s` is `%s`; expected a number from 1", kVariable, value);
  return false;
}

}  // namespace pflow::rt
