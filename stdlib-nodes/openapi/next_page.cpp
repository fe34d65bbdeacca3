#include "next_page.h"

#include <strings.h>

#include "pflow/percent.hpp"

namespace pf_openapi {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool same(std::string_view one, std::string_view other) {
  return one.size() == other.size() && strncasecmp(one.data(), other.data(), one.size()) == 0;
}

/// Whether `; rel="prev next"; …` names it among its relations.
bool is_next(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view one = trimmed(parameters.substr(0, parameters.find(';')));
    parameters.remove_prefix(
        std::min(parameters.size(), one.data() + one.size() - parameters.data() + size_t{1}));
    const size_t sign = one.find('=');
    if (sign == one.npos || !same(trimmed(one.substr(0, sign)), "rel")) continue;
    std::string_view names = trimmed(one.substr(sign + 1));
    if (names.starts_with('"')) names = names.substr(1, names.rfind('"') - 1);
    while (!names.empty()) {
      const size_t end = std::min(names.find(' '), names.size());
      if (same(names.substr(0, end), "next")) return true;
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  }
  return false;
}

/// Where scheme, host and port end.
size_t origin_end(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == url.npos) return 0;
  return std::min(url.find_first_of("/?#", scheme + 3), url.size());
}

}  // namespace

const pf_json* value_at(const pf_json* value, const pf_json* names) {
  const pflow::Elements<pf_json> path = items(names);
  for (size_t i = 0; i < path.size(); ++i) value = member(value, text_of(&path[i]));
  return value;
}

/// `<https://…>; rel="next", <…>; rel="last"`; addresses may hold commas.
std::string linked(const pflow::HttpResponse& response) {
  for (size_t i = 0; i < response.header_count; ++i) {
    if (pflow::view(response.headers[i].name) != "link") continue;
    std::string_view rest = pflow::view(response.headers[i].value);
    while (!rest.empty()) {
      const size_t open = rest.find('<'), close = rest.find('>', open);
      if (open == rest.npos || close == rest.npos) break;
      const std::string_view address = rest.substr(open + 1, close - open - 1);
      rest.remove_prefix(close + 1);
      const size_t end = std::min(rest.find('<'), rest.size());
      std::string_view parameters = trimmed(rest.substr(0, end));
      while (parameters.ends_with(','))
        parameters = trimmed(parameters.substr(0, parameters.size() - 1));
      if (is_next(parameters)) return std::string(address);
      rest.remove_prefix(end);
    }
  }
  return {};
}

std::string address_from(std::string_view url, std::string_view reference) {
  const std::string_view origin = url.substr(0, origin_end(url));
  if (const size_t end = origin_end(reference); end != 0)
    return same(reference.substr(0, end), origin) ? std::string(reference) : std::string();
  if (reference.starts_with("//")) return {};
  if (reference.starts_with('/')) return std::string(origin) + std::string(reference);
  if (reference.starts_with('?'))
    return std::string(url.substr(0, std::min(url.find_first_of("?#"), url.size()))) +
           std::string(reference);
  return {};
}

std::string with_parameter(std::string url, std::string_view name, std::string_view value) {
  url += url.find('?') == std::string::npos ? '?' : '&';
  pflow::percent_encode(name, [&](std::string_view piece) { url += piece; });
  url += '=';
  pflow::percent_encode(value, [&](std::string_view piece) { url += piece; });
  return url;
}

}  // namespace pf_openapi
