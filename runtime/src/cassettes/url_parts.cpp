#include "runtime/src/cassettes/url_parts.h"

#include <algorithm>

namespace pflow::cassettes {
namespace {

/// What stands where in a URL.
struct Pieces {
  std::string_view scheme, authority, path, query;
  bool has_query = false;
};

std::string_view up_to(std::string_view text, size_t end) {
  return {text.data(), std::min(end, text.size())};
}

std::string_view behind(std::string_view text, size_t start) {
  text.remove_prefix(std::min(start, text.size()));
  return text;
}

Pieces split(std::string_view url) {
  Pieces pieces;
  url = up_to(url, url.find('#'));
  size_t scheme = url.find("://");
  if (scheme != url.npos) {
    pieces.scheme = up_to(url, scheme);
    url = behind(url, scheme + 3);
  }
  size_t authority = url.find_first_of("/?");
  pieces.authority = up_to(url, authority);
  pieces.authority = behind(pieces.authority, pieces.authority.rfind('@') + 1);
  url = behind(url, authority);
  size_t query = url.find('?');
  pieces.has_query = query != url.npos;
  pieces.path = up_to(url, query);
  pieces.query = behind(url, pieces.has_query ? query + 1 : query);
  return pieces;
}

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i] == '+' ? ' ' : text[i];
    } else {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

/// Calls `use` with each `name=value` as it stands.
template <typename Use>
void each_pair(std::string_view text, Use use) {
  while (!text.empty()) {
    size_t end = text.find('&');
    std::string_view pair = up_to(text, end);
    if (!pair.empty()) use(pair);
    text = end == text.npos ? std::string_view() : behind(text, end + 1);
  }
}

std::string name_in(std::string_view pair) { return decoded(up_to(pair, pair.find('='))); }

}  // namespace

Pairs read_pairs(std::string_view text) {
  Pairs pairs;
  each_pair(text, [&](std::string_view pair) {
    size_t equals = pair.find('=');
    pairs.emplace_back(name_in(pair), equals == pair.npos ? "" : decoded(behind(pair, equals + 1)));
  });
  return pairs;
}

UrlParts url_parts(std::string_view url) {
  Pieces pieces = split(url);
  UrlParts parts;
  parts.origin = in_lower_case(pieces.scheme) + "://" + in_lower_case(pieces.authority);
  for (std::string_view port : {std::string_view(":80"), std::string_view(":443")})
    if (parts.origin.ends_with(port) && (port == ":443") == parts.origin.starts_with("https:"))
      parts.origin.resize(parts.origin.size() - port.size());
  parts.path = pieces.path.empty() ? "/" : std::string(pieces.path);
  parts.query = read_pairs(pieces.query);
  std::ranges::sort(parts.query);
  return parts;
}

std::string shortened_pairs(std::string_view pairs, bool (*drops)(std::string_view name)) {
  std::string kept;
  each_pair(pairs, [&](std::string_view pair) {
    if (drops(name_in(pair))) return;
    if (!kept.empty()) kept += '&';
    kept += pair;
  });
  return kept;
}

std::string shortened_url(std::string_view url, bool (*drops)(std::string_view name)) {
  Pieces pieces = split(url);
  std::string query = shortened_pairs(pieces.query, drops);
  std::string made(pieces.scheme);
  made += "://";
  made += pieces.authority;
  made += pieces.path;
  if (!query.empty()) made += "?" + query;
  return made;
}

}  // namespace pflow::cassettes
