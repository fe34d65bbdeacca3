#include "provider.h"

#include <cstdlib>

#include "pflow/node.hpp"

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
  std::string url(set && *set ? std::string_view(set) : kDefaultUrl);
  while (url.ends_with('/')) url.pop_back();
  return url;
}

std::string base_url_problem() {
  std::string url = base_url();
  if (is_http(url)) return "";
  return "`OPENAI_BASE_URL` is `" + url +
         "`; expected an address that begins with http:// or https://";
}

std::string shown_url() {
  std::string url = base_url();
  size_t host = url.find("://");
  host = host == std::string::npos ? 0 : host + 3;
  size_t at = url.find('@', host);
  size_t path = url.find('/', host);
  if (at != std::string::npos && at < path) url.erase(host, at + 1 - host);
  return url;
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
