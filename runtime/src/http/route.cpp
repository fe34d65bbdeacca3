#include "runtime/src/http/route.h"

#include <strings.h>

#include "pflow/http.hpp"
#include "runtime/src/http/certificates.h"
#include "runtime/src/http/curl_library.h"
#include "runtime/src/http/tape.h"
#include "runtime/src/http/versions.h"

namespace pflow {
namespace {

/// Ways that were found. A program asks few addresses, and those again and again.
struct Found {
  rt::Buffer url;
  Route route;
};
constexpr size_t kKept = 8;
Found g_found[kKept];
size_t g_next_found;

const Route* known_route(const char* url) {
  size_t len = strlen(url);
  for (const Found& found : g_found)
    if (found.url.size() == len && len != 0 && memcmp(found.url.data(), url, len) == 0)
      return &found.route;
  return nullptr;
}

bool needs_certificates(const Route& route) {
  return route.secure || strncasecmp(route.proxy.text, "https:", 6) == 0;
}

}  // namespace

const char* find_route(const char* url, Route& route, pf_error_kind& kind) {
  if (const Route* known = known_route(url)) {
    route = *known;
    return nullptr;
  }
  Address address;
  kind = PF_E_VALUE;
  if (const char* why = address.set(url)) return why;
  route = {address.is_secure(), proxy_for(address), origin_of(address)};
  if (http_plays_only()) return nullptr;
  kind = PF_E_CONFIG;
  if (const char* why = proxy_problem(route.proxy)) return why;
  const char* why = needs_certificates(route) ? certificates_problem() : nullptr;
  if (why) return why;
  Found& kept = g_found[g_next_found++ % kKept];
  kept.url.clear();
  kept.url.add(url);
  kept.route = route;
  return nullptr;
}

void set_route(CURL* easy, const Route& route) {
  // Empty ones keep libcurl from looking for itself.
  g_curl.easy_setopt(easy, CURLOPT_PROXY, route.proxy.text);
  g_curl.easy_setopt(easy, CURLOPT_NOPROXY, "");
  if (needs_certificates(route)) set_certificates(easy);
}

/// A burst of those that share waits for the first connection, which may carry them all.
void set_sharing(CURL* easy, bool shares) {
  g_curl.easy_setopt(easy, CURLOPT_PIPEWAIT, shares ? 1L : 0L);
  g_curl.easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     static_cast<long>(shares ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
}

const char* http_route_problem(const pf_str& url) {
  CText text(url);
  Route route;
  pf_error_kind kind = PF_E_VALUE;
  const char* why = text.ok() ? find_route(text.c_str(), route, kind) : nullptr;
  return kind == PF_E_CONFIG ? why : nullptr;
}

}  // namespace pflow
