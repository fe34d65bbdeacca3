// What nodes ask of a request and of its answer.
#include <math.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "pflow/http.hpp"
#include "runtime/src/http/curl_library.h"

namespace pflow {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kMost = 1'000'000'000;  ///< seconds

bool is_named(const pf_str& text, std::string_view name) {
  return text.len == name.size() && strncasecmp(text.data, name.data(), name.size()) == 0;
}

/// A date in any of HTTP's three forms (RFC 9110, 5.6.7); negative when it is none.
time_t date_in(const pf_str* text) {
  return text ? g_curl.getdate(CText(*text).c_str(), nullptr) : -1;
}

/// A number of seconds, which some servers give with a fraction; negative when it is none.
double seconds_in(const pf_str& text) {
  CText copy(text);
  bool digits = text.len != 0 && text.data[0] >= '0' && text.data[0] <= '9';
  char* end;
  double seconds = strtod(copy.c_str(), &end);
  return digits && *end == '\0' && isfinite(seconds) ? seconds : -1;
}

}  // namespace

const pf_str* http_header(const HttpResponse& response, std::string_view name) {
  for (size_t i = 0; i < response.header_count; ++i)
    if (view(response.headers[i].name) == name) return &response.headers[i].value;
  return nullptr;
}

int64_t http_retry_after(const HttpResponse& response) {
  const pf_str* text = http_header(response, "retry-after");
  if (!text) return -1;
  double seconds = seconds_in(*text);
  if (seconds >= 0) return static_cast<int64_t>((seconds < kMost ? seconds : kMost) * kSecond);
  time_t until = date_in(text);
  if (until < 0) return -1;
  time_t now = date_in(http_header(response, "date"));
  if (now < 0) now = time(nullptr);
  int64_t wait = until > now ? int64_t{until} - int64_t{now} : 0;
  return (wait < kMost ? wait : kMost) * kSecond;
}

bool http_repeatable(const HttpRequest& request) {
  std::string_view method = request.method;
  if (method != "POST" && method != "PATCH") return true;
  for (size_t i = 0; i < request.header_count; ++i)
    if (is_named(request.headers[i].name, "idempotency-key")) return true;
  return false;
}

}  // namespace pflow
