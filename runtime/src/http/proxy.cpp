#include "runtime/src/http/proxy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "pflow/shown_url.hpp"
#include "runtime/src/http/curl_library.h"

namespace pflow {
namespace {

/// What libcurl knows of proxies.
constexpr const char* kSchemes[] = {"http", "https", "socks4", "socks4a", "socks5", "socks5h"};

/// The variable that libcurl takes the proxy from. HTTP_PROXY is none: a CGI program's
/// caller sets it (CVE-2016-5385).
const char* variable_for(const char* url) {
  bool secure = strncasecmp(url, "https:", 6) == 0;
  const char* const names[] = {secure ? "https_proxy" : "http_proxy",
                               secure ? "HTTPS_PROXY" : nullptr, "all_proxy", "ALL_PROXY"};
  for (const char* name : names) {
    const char* set = name ? getenv(name) : nullptr;
    if (set && *set) return name;
  }
  return nullptr;
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

const char* proxy_problem(const char* url) {
  static char problem[400];
  const char* variable = variable_for(url);
  const char* text = variable ? getenv(variable) : nullptr;
  if (!text || is_proxy(text)) return nullptr;
  ShownUrl shown = shown_url(text);
  snprintf(problem, sizeof problem,
           "`%s` is `%.*s%.*s`, which is no proxy: expected an address such as http://HOST:PORT, "
           "https:// or socks5h://",
           variable, static_cast<int>(shown.scheme.size() < 20 ? shown.scheme.size() : 20),
           shown.scheme.data(), static_cast<int>(shown.rest.size() < 100 ? shown.rest.size() : 100),
           shown.rest.data());
  return problem;
}

}  // namespace pflow
