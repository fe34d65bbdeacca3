#include "runtime/src/http/route.h"

#include <strings.h>

#include "pflow/http.hpp"
#include "runtime/src/http/certificates.h"
#include "runtime/src/http/curl_library.h"
#include "runtime/src/http/proxy.h"

namespace pflow {
namespace {

bool needs_certificates(bool secure, const Proxy& proxy) {
  return secure || strncasecmp(proxy.text, "https:", 6) == 0;
}

}  // namespace

const char* route_problem(const Address& address) {
  Proxy proxy = proxy_for(address);
  if (const char* why = proxy_problem(proxy)) return why;
  return needs_certificates(address.is_secure(), proxy) ? certificates_problem() : nullptr;
}

void set_route(CURL* easy, const Address& address) {
  Proxy proxy = proxy_for(address);
  // Empty ones keep libcurl from looking for itself.
  g_curl.easy_setopt(easy, CURLOPT_PROXY, proxy.text);
  g_curl.easy_setopt(easy, CURLOPT_NOPROXY, "");
  if (needs_certificates(address.is_secure(), proxy)) set_certificates(easy);
}

/// A burst of those that share waits for the first connection, which may carry them all.
void set_sharing(CURL* easy, bool shares) {
  g_curl.easy_setopt(easy, CURLOPT_PIPEWAIT, shares ? 1L : 0L);
  g_curl.easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     static_cast<long>(shares ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
}

const char* http_route_problem(const pf_str& url) {
  CText text(url);
  Address address;
  return text.ok() && !address.set(text.c_str()) ? route_problem(address) : nullptr;
}

}  // namespace pflow
