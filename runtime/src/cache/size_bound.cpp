#include "runtime/src/cache/size_bound.h"

#include <errno.h>
#include <stdlib.h>
#include <strings.h>

#include "pflow/abi.h"

namespace pflow::rt {
namespace {

constexpr char kVariable[] = "PFLOW_CACHE_SIZE";

struct Unit {
  const char* name;
  int64_t bytes;
};
constexpr Unit kUnits[] = {
    {"", 1}, {"b", 1}, {"kb", 1'000}, {"mb", 1'000'000}, {"gb", 1'000'000'000}};

const char* setting() {
  const char* value = getenv(kVariable);
  return value && *value ? value : nullptr;
}

}  // namespace

bool read_size(const char* text, int64_t* out) {
  if (*text < '0' || *text > '9') return false;
  char* rest;
  errno = 0;
  long long number = strtoll(text, &rest, 10);
  if (errno != 0) return false;
  while (*rest == ' ') ++rest;
  for (const Unit& unit : kUnits)
    if (strcasecmp(rest, unit.name) == 0)
      return !__builtin_mul_overflow(int64_t{number}, unit.bytes, out);
  return false;
}

int64_t cache_size_bound() {
  const char* value = setting();
  int64_t bytes;
  return value && read_size(value, &bytes) ? bytes : kDefaultCacheSize;
}

bool check_cache_size() {
  const char* value = setting();
  int64_t bytes;
  if (!value || read_size(value, &bytes)) return true;
  pf_config_error(nullptr, "for example `PFLOW_CACHE_SIZE=500MB`; 0 keeps nothing",
                  "`%s` is `%s`; expected a size", kVariable, value);
  return false;
}

}  // namespace pflow::rt
