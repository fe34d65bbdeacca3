#include "runtime/src/serve/http_guard.h"

#include "runtime/src/serve/call_errors.h"
#include "runtime/src/serve/settings.h"

namespace pflow::serve {
namespace {

/// `127.0.0.1` of `127.0.0.1:8080`, `::1` of `[::1]:8080`.
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) {
    const size_t end = host.find(']');
    return end == host.npos ? host : host.substr(1, end - 1);
  }
  return host.substr(0, host.find(':'));
}

bool is_this_machine(std::string_view host) {
  host = without_port(host);
  return same_word(host, "localhost") || host == "127.0.0.1" || host == "::1";
}

/// Takes as long whatever they share.
bool is_token(std::string_view given, std::string_view token) {
  unsigned different = given.size() == token.size() ? 0 : 1;
  for (size_t i = 0; i < given.size(); ++i)
    different |= static_cast<unsigned char>(given[i]) ^
                 static_cast<unsigned char>(token[token.empty() ? 0 : i % token.size()]);
  return different == 0;
}

bool has_token(const HttpIn& request, std::string_view token) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view given = request.header("authorization").value_or("");
  return given.size() > kBearer.size() && same_word(given.substr(0, kBearer.size()), kBearer) &&
         is_token(given.substr(kBearer.size()), token);
}

HttpOut refusal(int status, std::string_view message, HttpHeaders headers = {}) {
  return {.status = status, .body = error_json("usage", message), .headers = std::move(headers)};
}

/// A page of this machine, or of this server.
bool is_known_origin(std::string_view origin, std::string_view host) {
  const size_t scheme = origin.find("://");
  if (scheme == origin.npos) return false;
  const std::string_view at = origin.substr(scheme + 3);
  return is_this_machine(at) || same_word(at, host);
}

}  // namespace

std::optional<HttpOut> HttpGuard::refuses(const HttpIn& request, bool needs_token) const {
  const auto host = request.header("host");
  if (!host && request.newer) return refusal(400, "the header `Host` is missing");
  // A page of another server may have had its name point to this machine.
  if (loopback && host && !is_this_machine(*host))
    return refusal(403, "the header `Host` names another machine");
  const auto origin = request.header("origin");
  if (origin && !is_known_origin(*origin, host.value_or("")))
    return refusal(403, "a page of another origin may not ask");
  const char* token = settings().token;
  if (!needs_token || !token || has_token(request, token)) return std::nullopt;
  return refusal(401, "the token is missing or wrong: `Authorization: Bearer TOKEN`",
                 {{"WWW-Authenticate", "Bearer"}});
}

}  // namespace pflow::serve
