/// An address as errors may show it: without user and password, query and fragment.
#pragma once

#include <string_view>

namespace pflow {

// Without `substr`, which may throw: the runtime links no C++ library.
constexpr std::string_view first_bytes(std::string_view text, size_t count) {
  return {text.data(), count < text.size() ? count : text.size()};
}

constexpr std::string_view without_first(std::string_view text, size_t count) {
  text.remove_prefix(count < text.size() ? count : text.size());
  return text;
}

/// The two pieces of what may be shown, one behind the other; they point into the address.
struct ShownUrl {
  std::string_view scheme;  ///< with its `://`; may be empty
  std::string_view rest;
};

/// Whether `authority` can be `host` or `host:port`, as far as it tells.
inline bool is_host_and_port(std::string_view authority) {
  size_t colon = authority.rfind(':');
  if (colon == authority.npos || authority.find(']', colon) != authority.npos) return true;
  return authority.find_first_not_of("0123456789", colon + 1) == authority.npos;
}

/// What is no valid address is rather shown too little of: a password may hold what ends the
/// host of one.
inline ShownUrl shown_url(std::string_view url) {
  size_t scheme = url.find("://");
  if (scheme == url.npos || first_bytes(url, scheme).find_first_of("/?#@:") != url.npos)
    scheme = 0;
  else
    scheme += 3;
  std::string_view rest = without_first(url, scheme);
  size_t host_end = rest.find_first_of("/?#");
  std::string_view authority = first_bytes(rest, host_end);
  size_t at = authority.rfind('@');
  if (scheme == 0 || !is_host_and_port(without_first(authority, at == authority.npos ? 0 : at + 1)))
    at = rest.rfind('@');
  if (at != rest.npos) rest = without_first(rest, at + 1);
  return {first_bytes(url, scheme), first_bytes(rest, rest.find_first_of("?#"))};
}

}  // namespace pflow
