#include "runtime/src/http/proxy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "pflow/shown_url.hpp"
#include "runtime/src/http/curl_library.h"
#include "runtime/src/http/no_proxy.h"

namespace pflow {
namespace {

/// What libcurl knows of proxies.
constexpr const char* kSchemes[] = {"http", "https", "socks4", "socks4a", "socks5", "socks5h"};

const char* variable(const char* name) {
  const char* text = getenv(name);
  return text && *text ? text : nullptr;
}

/// A CGI program's HTTP_PROXY is set by who calls it (CVE-2016-5385).
const char* const kOfHttp[] = {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"};
const char* const kOfHttps[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};

bool counts(const char* name) {
  return variable(name) && (strcmp(name, "HTTP_PROXY") != 0 || !getenv("REQUEST_METHOD"));
}

bool is_known(const char* scheme) {
  for (const char* known : kSchemes)
    if (strcasecmp(scheme, known) == 0) return true;
  return false;
}

bool is_proxy(const char* text) {
  CURLU* parsed = g_curl.url();
  char* scheme = nullptr;
  constexpr unsigned kFlags = CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME;
  bool valid = g_curl.url_set(parsed, CURLUPART_URL, text, kFlags) == CURLUE_OK &&
               g_curl.url_get(parsed, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
               (!strstr(text, "://") || is_known(scheme));
  g_curl.free(scheme);
  g_curl.url_cleanup(parsed);
  return valid;
}

}  // namespace

Proxy proxy_for(const Address& address) {
  for (const char* name : address.is_secure() ? kOfHttps : kOfHttp) {
    if (!counts(name)) continue;
    const char* without = variable("no_proxy");
    if (!without) without = variable("NO_PROXY");
    char* host = address.host();
    bool straight = without && host && is_without_proxy(host, without);
    g_curl.free(host);
    return straight ? Proxy() : Proxy{name, getenv(name)};
  }
  return {};
}

const char* proxy_problem(const Proxy& proxy) {
  static char problem[400];
  if (!proxy.variable || is_proxy(proxy.text)) return nullptr;
  ShownUrl shown = shown_url(proxy.text);
  snprintf(problem, sizeof problem,
           "`%s` is `%.*s%.*s`, which is no proxy: expected an address such as http://HOST:PORT, "
           "https:// or socks5h://",
           proxy.variable, static_cast<int>(shown.scheme.size() < 20 ? shown.scheme.size() : 20),
           shown.scheme.data(), static_cast<int>(shown.rest.size() < 100 ? shown.rest.size() : 100),
           shown.rest.data());
  return problem;
}

void add_proxy_name(rt::Buffer& out, const Proxy& proxy) {
  ShownUrl shown = shown_url(proxy.text);
  out.add("the proxy `");
  out.add(shown.scheme.data(), shown.scheme.size());
  out.add(shown.rest.data(), shown.rest.size());
  out.format("` of `%s`", proxy.variable);
}

}  // namespace pflow
