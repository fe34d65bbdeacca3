#include "runtime/src/http/address.h"

#include <stdlib.h>
#include <strings.h>

#include "pflow/http.hpp"
#include "runtime/src/http/curl_library.h"

namespace pflow {
namespace {

/// What servers write in `Location` that should be encoded is encoded, as browsers do.
constexpr unsigned kLenient = CURLU_URLENCODE | CURLU_ALLOW_SPACE;

bool is_http(const char* scheme) {
  return scheme && (strcasecmp(scheme, "http") == 0 || strcasecmp(scheme, "https") == 0);
}

}  // namespace

Address::Address() : handle_(g_curl.url()) {
  if (!handle_) abort();
}

Address::~Address() { g_curl.url_cleanup(handle_); }

const char* Address::problem(CURLUcode code) const {
  if (code != CURLUE_OK) return g_curl.url_strerror(code);
  char* scheme = part(CURLUPART_SCHEME);
  bool known = is_http(scheme);
  g_curl.free(scheme);
  return known ? nullptr : "it is no http or https address";
}

const char* Address::set(const char* text) {
  return problem(
      g_curl.url_set(handle_, CURLUPART_URL, text, CURLU_PATH_AS_IS | CURLU_NON_SUPPORT_SCHEME));
}

const char* Address::follow(const char* location) {
  if (const char* why = problem(
          g_curl.url_set(handle_, CURLUPART_URL, location, kLenient | CURLU_NON_SUPPORT_SCHEME)))
    return why;
  // So libcurl also takes what it would not ask for: a blank in a user's name.
  char* led = text();
  const char* why = led ? set(led) : problem(CURLUE_MALFORMED_INPUT);
  g_curl.free(led);
  return why;
}

bool Address::same_origin(const Address& other) const {
  return same_part(other, CURLUPART_SCHEME) && same_part(other, CURLUPART_HOST) &&
         same_part(other, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

void Address::take_user(const Address& other) {
  char* own = part(CURLUPART_USER);
  for (CURLUPart which : {CURLUPART_USER, CURLUPART_PASSWORD}) {
    char* theirs = own ? nullptr : other.part(which);
    if (theirs) g_curl.url_set(handle_, which, theirs, 0);
    g_curl.free(theirs);
  }
  g_curl.free(own);
}

char* Address::text() const { return part(CURLUPART_URL); }

char* Address::host() const { return part(CURLUPART_HOST); }

char* Address::port() const { return part(CURLUPART_PORT, CURLU_DEFAULT_PORT); }

bool Address::is_secure() const {
  char* scheme = part(CURLUPART_SCHEME);
  bool secure = scheme && strcasecmp(scheme, "https") == 0;
  g_curl.free(scheme);
  return secure;
}

char* Address::part(CURLUPart part, unsigned flags) const {
  char* found = nullptr;
  return g_curl.url_get(handle_, part, &found, flags) == CURLUE_OK ? found : nullptr;
}

bool Address::same_part(const Address& other, CURLUPart which, unsigned flags) const {
  char* ours = part(which, flags);
  char* theirs = other.part(which, flags);
  bool same = ours && theirs && strcasecmp(ours, theirs) == 0;
  g_curl.free(ours);
  g_curl.free(theirs);
  return same;
}

const char* http_address_problem(const pf_str& url) {
  CText text(url);
  if (!text.ok()) return "it holds a NUL byte";
  return Address().set(text.c_str());
}

}  // namespace pflow
