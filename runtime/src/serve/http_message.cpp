#include "runtime/src/serve/http_message.h"

#include <algorithm>

namespace pflow::serve {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Whether one of the types of `Accept` fits.
template <typename Fits>
bool any_accepted(std::string_view accept, Fits fits) {
  while (!accept.empty()) {
    const size_t end = std::min(accept.find(','), accept.size());
    const std::string_view part = accept.substr(0, end);
    if (fits(trimmed(part.substr(0, part.find(';'))))) return true;
    accept.remove_prefix(std::min(end + 1, accept.size()));
  }
  return false;
}

}  // namespace

bool same_word(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, {}, lower, lower);
}

std::optional<std::string_view> HttpIn::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (same_word(key, name)) return value;
  return std::nullopt;
}

std::string_view HttpIn::path() const {
  return std::string_view(target).substr(0, std::min(target.find('?'), target.size()));
}

bool asks_for(const HttpIn& request, std::string_view type) {
  return any_accepted(request.header("accept").value_or(""),
                      [&](std::string_view part) { return same_word(part, type); });
}

bool accepts(const HttpIn& request, std::string_view type) {
  const auto accept = request.header("accept");
  const std::string group = std::string(type.substr(0, type.find('/'))) + "/*";
  return !accept || any_accepted(*accept, [&](std::string_view part) {
    return part == "*/*" || same_word(part, group) || same_word(part, type);
  });
}

bool awaits_word(const HttpIn& request) {
  const auto expect = request.header("expect");
  return expect && same_word(*expect, "100-continue");
}

std::string_view refusal_of(int status) {
  switch (status) {
    case 408: return "the request came too slowly";
    case 413: return "the body of the request is too large";
    case 431: return "the head of the request is too large";
    case 505: return "HTTP/2, HTTP/1.1 and HTTP/1.0 are spoken here";
    default: return "the request is no HTTP";
  }
}

}  // namespace pflow::serve
