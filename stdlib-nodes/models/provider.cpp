#include "provider.h"

#include <algorithm>
#include <cstdlib>

#include "pflow/http.hpp"
#include "pflow/node.hpp"
#include "pflow/shown_url.hpp"

namespace pf_models {
namespace {

constexpr std::string_view kDefaultUrl = "https://api.openai.com/v1";
constexpr std::string_view kBlanks = " \t\r\n";

bool is_http(std::string_view url) {
  return url.starts_with("http://") || url.starts_with("https://");
}

}  // namespace

std::string base_url() {
  const char* set = std::getenv("OPENAI_BASE_URL");
  return std::string(set && *set ? std::string_view(set) : kDefaultUrl);
}

std::string request_url(std::string_view path) {
  std::string url = base_url();
  size_t end = std::min(url.find('?'), url.size());
  std::string query = url.substr(end);
  url.resize(end);
  while (url.ends_with('/')) url.pop_back();
  return url.append(path).append(query);
}

std::string base_url_problem() {
  std::string url = base_url();
  std::string begin = "`OPENAI_BASE_URL` is `" + shown_url();
  if (!is_http(url)) return begin + "`; expected an address that begins with http:// or https://";
  if (url.find('#') != url.npos) return begin + "` and a fragment behind `#`, which no request has";
  // Without the client the address cannot be asked anyway: its own problem is told then.
  if (pflow::http_problem()) return "";
  const char* why = pflow::http_address_problem(pflow::literal(url));
  return why ? begin + "`: " + why : "";
}

std::string shown_url() {
  std::string url = base_url();
  pflow::ShownUrl shown = pflow::shown_url(url);
  return std::string(shown.scheme) + std::string(shown.rest);
}

std::string canonical_url() {
  std::string url = request_url("");
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

pf_key_state find_key(std::string& key) {
  pf_str found{};
  pf_key_state state = pf_key("openai", "OPENAI_API_KEY", &found);
  if (state != PF_KEY_FOUND) return state;
  key.assign(pflow::Text(found).view());
  size_t from = key.find_first_not_of(kBlanks);
  if (from == std::string::npos) return PF_KEY_ABSENT;
  size_t to = key.find_last_not_of(kBlanks);
  key = std::string(key.data() + from, to + 1 - from);
  return PF_KEY_FOUND;
}

std::string presentable(std::string text, std::string_view key) {
  constexpr size_t kMost = 2000;
  constexpr std::string_view kBlot = "[key]";
  if (!key.empty()) {
    for (size_t at = text.find(key); at != std::string::npos; at = text.find(key, at)) {
      text.replace(at, key.size(), kBlot);
      at += kBlot.size();
    }
  }
  if (text.size() <= kMost) return text;
  size_t end = kMost;
  while (end > 0 && (text[end] & 0xc0) == 0x80) --end;
  text.resize(end);
  return text + "…";
}

}  // namespace pf_models
