#include "runtime/src/http/versions.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/src/http/curl_library.h"
#include "runtime/src/values/memory.h"

namespace pflow {
namespace {

/// The origins that speak HTTP/1.1 alone: a hash table with open addressing, 0 where it is free.
struct Unshared {
  uint64_t* places;
  size_t size;  ///< a power of two, or 0
  size_t count;
};
Unshared g_unshared;

uint64_t* place_of(uint64_t origin) {
  size_t at = origin & (g_unshared.size - 1);
  while (g_unshared.places[at] != 0 && g_unshared.places[at] != origin)
    at = (at + 1) & (g_unshared.size - 1);
  return &g_unshared.places[at];
}

void grow() {
  constexpr size_t kFirst = 64;
  Unshared old = g_unshared;
  g_unshared.size = old.size ? old.size * 2 : kFirst;
  g_unshared.places =
      static_cast<uint64_t*>(rt::allocate_zeroed(g_unshared.size * sizeof(uint64_t)));
  for (size_t i = 0; i < old.size; ++i)
    if (old.places[i] != 0) *place_of(old.places[i]) = old.places[i];
  free(old.places);
}

void add_unshared(uint64_t origin) {
  if (g_unshared.count * 2 >= g_unshared.size) grow();
  uint64_t* place = place_of(origin);
  if (*place == 0) ++g_unshared.count;
  *place = origin;
}

/// FNV-1a.
void hash(uint64_t& state, const char* text) {
  for (const char* at = text ? text : ""; *at; ++at)
    state = (state ^ static_cast<unsigned char>(*at)) * 0x100000001b3;
}

}  // namespace

uint64_t origin_of(const Address& address) {
  if (!address.is_secure()) return 0;
  uint64_t state = 0xcbf29ce484222325;
  char* host = address.host();
  char* port = address.port();
  hash(state, host);
  hash(state, ":");
  hash(state, port);
  g_curl.free(host);
  g_curl.free(port);
  return state ? state : 1;
}

bool may_share(uint64_t origin) {
  if (origin == 0 || !tls_protocol) return false;
  return g_unshared.size == 0 || *place_of(origin) != origin;
}

void learn_version(CURL* easy, uint64_t origin) {
  if (!may_share(origin)) return;
  const curl_tlssessioninfo* session = nullptr;
  g_curl.easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session);
  if (!session || session->backend != CURLSSLBACKEND_OPENSSL || !session->internals) return;
  const unsigned char* name = nullptr;
  unsigned len = 0;
  tls_protocol(session->internals, &name, &len);
  bool shares = len == 2 && memcmp(name, "h2", 2) == 0;
  if (!shares) add_unshared(origin);
}

size_t unshared_origins() { return g_unshared.count; }

}  // namespace pflow
