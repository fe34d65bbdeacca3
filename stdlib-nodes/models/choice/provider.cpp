#include "provider.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

#include "pflow/http.hpp"
#include "pflow/node.hpp"
#include "pflow/shown_url.hpp"

namespace pf_models {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

constexpr auto kProviders = std::to_array<Provider>({
#define PFLOW_PROVIDER(Name, word, base_variable, default_url, key_variable, needs_key, \
                       key_header, batch_share)                                         \
  {ProviderName::Name, #word,     base_variable, default_url, #word,                    \
   key_variable,       needs_key, key_header,    batch_share},
#include "providers.def"
});

/// As `ollama` reads it: a host, perhaps with a port, or an address.
std::string ollama_url(std::string_view host) {
  std::string url =
      host.find("://") == host.npos ? "http://" + std::string(host) : std::string(host);
  if (url.size() == host.size()) return url;
  size_t end = std::min(url.find('/', 7), url.size());
  if (url.find(':', 7) >= end) url.insert(end, ":11434");
  // What it listens on is no address to ask.
  constexpr std::string_view kAnywhere = "http://0.0.0.0";
  return url.starts_with(kAnywhere) ? "http://127.0.0.1" + url.substr(kAnywhere.size()) : url;
}

bool is_http(std::string_view url) {
  return url.starts_with("http://") || url.starts_with("https://");
}

/// A shorter key may stand within words that are none.
constexpr size_t kLongKey = 8;

bool is_of_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

bool stands_alone(std::string_view text, size_t at, size_t len) {
  bool joined = at > 0 && is_of_word(text[at - 1]);
  return !joined && (at + len == text.size() || !is_of_word(text[at + len]));
}

}  // namespace

const Provider& provider_of(ProviderName name) { return kProviders[static_cast<size_t>(name)]; }

std::span<const Provider> all_providers() { return kProviders; }

const Provider* find_provider(std::string_view name) {
  auto found = std::ranges::find(kProviders, name, &Provider::name);
  return found == kProviders.end() ? nullptr : found;
}

bool has_own_url(const Provider& provider) {
  const char* set = provider.base_variable ? std::getenv(provider.base_variable) : nullptr;
  return set && *set;
}

std::string where_set(const Provider& provider) {
  if (provider.base_variable) return std::string("`") + provider.base_variable + "`";
  return std::string("`api_base` of `") + provider.name + "`";
}

std::string base_url(const Provider& provider) {
  std::string_view set =
      has_own_url(provider) ? std::getenv(provider.base_variable) : provider.default_url;
  return provider.kind == ProviderName::Ollama ? ollama_url(set) : std::string(set);
}

std::string request_url(const Provider& provider, std::string_view path) {
  std::string url = base_url(provider);
  size_t end = std::min(url.find('?'), url.size());
  std::string query = url.substr(end);
  url.resize(end);
  while (url.ends_with('/')) url.pop_back();
  if (path.find('?') != path.npos && !query.empty()) query.front() = '&';
  return url.append(path).append(query);
}

std::string base_url_problem(const Provider& provider) {
  // Calls ask again, and it has not changed.
  static std::map<const Provider*, std::string> good;
  std::string& known = good[&provider];
  std::string url = base_url(provider);
  if (url == known) return "";
  std::string begin = where_set(provider) + " is `" + shown_url(provider);
  if (!is_http(url)) return begin + "`; expected an address that begins with http:// or https://";
  if (url.find('#') != url.npos) return begin + "` and a fragment behind `#`, which no request has";
  // Without the client the address cannot be asked anyway: its own problem is told then.
  if (pflow::http_problem()) return "";
  if (const char* why = pflow::http_address_problem(pflow::literal(url)))
    return begin + "`: " + why;
  if (const char* in_the_way = pflow::http_route_problem(pflow::literal(url))) return in_the_way;
  known = url;
  return "";
}

std::string shown_url(const Provider& provider) {
  std::string url = base_url(provider);
  pflow::ShownUrl shown = pflow::shown_url(url);
  return std::string(shown.scheme) + std::string(shown.rest);
}

std::string canonical_url(const Provider& provider) {
  std::string url = request_url(provider, "");
  size_t host = url.find("://");
  host = host == std::string::npos ? 0 : host + 3;
  size_t end = std::min(url.find_first_of("/?#", host), url.size());
  std::string authority = url.substr(host, end - host);
  // A user and a password end with the last `@`.
  authority.erase(0, authority.rfind('@') + 1);
  std::string start = url.substr(0, host) + authority;
  for (char& c : start)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  std::string_view port = start.starts_with("https:") ? ":443" : ":80";
  if (start.ends_with(port)) start.resize(start.size() - port.size());
  return start + url.substr(end);
}

pf_key_state find_key(const Provider& provider, std::string& key) {
  if (!provider.key_name) return PF_KEY_ABSENT;
  pf_str found{};
  pf_key_state state = pf_key(provider.key_name, provider.key_variable, &found);
  if (state != PF_KEY_FOUND) return state;
  key.assign(pflow::Text(found).view());
  size_t from = key.find_first_not_of(kBlanks);
  if (from == std::string::npos) return PF_KEY_ABSENT;
  size_t to = key.find_last_not_of(kBlanks);
  key = std::string(key.data() + from, to + 1 - from);
  return PF_KEY_FOUND;
}

std::string no_key(const Provider& provider) {
  return std::string("no key for `") + provider.key_name + "` is set";
}

std::string no_key_help(const Provider& provider) {
  std::string variable =
      provider.key_variable ? std::string("set ") + provider.key_variable + ", or " : "";
  return variable + "add \"" + provider.key_name + "\" to `keys.json` in PFLOW_HOME";
}

std::string presentable(std::string text, std::string_view key) {
  constexpr size_t kMost = 2000;
  constexpr std::string_view kBlot = "[key]";
  size_t at = key.empty() ? text.npos : text.find(key);
  while (at != text.npos) {
    bool blotted = key.size() >= kLongKey || stands_alone(text, at, key.size());
    if (blotted) text.replace(at, key.size(), kBlot);
    at = text.find(key, at + (blotted ? kBlot.size() : 1));
  }
  if (text.size() <= kMost) return text;
  size_t end = kMost;
  while (end > 0 && (text[end] & 0xc0) == 0x80) --end;
  text.resize(end);
  return text + "…";
}

}  // namespace pf_models
