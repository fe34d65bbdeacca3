// random, uuid: from the system's source of chance.
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "pflow/node.hpp"
#include "system.pf.hpp"

namespace {

/// False after `call` was failed.
bool fill(pf_call* call, void* to, size_t len) {
  auto* bytes = static_cast<char*>(to);
  while (len > 0) {
    ssize_t got = getrandom(bytes, len, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      pf_fail(call, PF_E_IO, "the system gives no random numbers: %s", strerror(errno));
      return false;
    }
    bytes += got;
    len -= static_cast<size_t>(got);
  }
  return true;
}

}  // namespace

pf_status pfn_system_random(pf_call* call, const random_in* in, random_out* out) {
  if (in->low > in->high) {
    return pf_fail(call, PF_E_VALUE, "`low` is %lld and `high` is %lld; expected `low` <= `high`",
                   static_cast<long long>(in->low), static_cast<long long>(in->high));
  }
  uint64_t low = static_cast<uint64_t>(in->low);
  uint64_t count = static_cast<uint64_t>(in->high) - low + 1;  // 0: all numbers
  uint64_t drawn;
  // What lies beyond the last whole multiple of `count` would favour small numbers.
  uint64_t excess = count == 0 ? 0 : (UINT64_MAX % count + 1) % count;
  do {
    if (!fill(call, &drawn, sizeof(drawn))) return PF_FAILED;
  } while (drawn > UINT64_MAX - excess);
  out->value = static_cast<int64_t>(low + (count == 0 ? drawn : drawn % count));
  return PF_DONE;
}

pf_status pfn_system_uuid(pf_call* call, const uuid_in*, uuid_out* out) {
  uint8_t b[16];
  if (!fill(call, b, sizeof(b))) return PF_FAILED;
  b[6] = static_cast<uint8_t>((b[6] & 0x0f) | 0x40);
  b[8] = static_cast<uint8_t>((b[8] & 0x3f) | 0x80);
  char text[37];
  char* to = text;
  for (int i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *to++ = '-';
    to += snprintf(to, 3, "%02x", b[i]);
  }
  out->value = pflow::text(text);
  return PF_DONE;
}
