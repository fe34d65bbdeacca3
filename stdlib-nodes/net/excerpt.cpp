#include "excerpt.h"

namespace pf_net {
namespace {

using pflow::HttpHeader;
using pflow::HttpResponse;
using pflow::view;

/// Shorter ones stand in any text.
constexpr size_t kShortestSecret = 8;
constexpr std::string_view kBlanks = " \t\r\n";

void blot(std::string& text, const std::string& secret) {
  constexpr std::string_view kBlot = "***";
  for (size_t at = text.find(secret); at != text.npos; at = text.find(secret, at + kBlot.size()))
    text.replace(at, secret.size(), kBlot);
}

/// Cut where a character begins.
std::string_view cut(std::string_view text, size_t most) {
  text = text.substr(0, most);
  return text.substr(0, pf_utf8_valid_prefix(text.data(), text.size()));
}

}  // namespace

std::vector<std::string> secrets_in(const std::vector<HttpHeader>& headers) {
  std::vector<std::string> secrets;
  for (const HttpHeader& header : headers) {
    if (!pflow::http_may_hold_secret(header.name)) continue;
    // `Bearer KEY`: servers repeat the key alone.
    std::string_view left = view(header.value);
    while (!left.empty()) {
      size_t end = left.find_first_of(kBlanks);
      if (std::string word(left.substr(0, end)); word.size() >= kShortestSecret)
        secrets.push_back(std::move(word));
      left = end == left.npos ? std::string_view() : left.substr(end + 1);
    }
  }
  return secrets;
}

std::string said_text(const HttpResponse& response, const std::vector<std::string>& secrets) {
  constexpr size_t kMost = 64 * 1024;
  pf_str body{}, problem{};
  if (!pflow::http_text(response, &body, &problem)) {
    pf_str_release(problem);
    return "";
  }
  pflow::Text owned(body);
  std::string text(cut(owned.view(), kMost));
  for (const std::string& secret : secrets) blot(text, secret);
  return text;
}

std::string excerpt(std::string_view text, const HttpResponse& response) {
  constexpr size_t kMost = 600;
  constexpr int kLines = 8;
  size_t from = text.find_first_not_of(kBlanks);
  if (from == text.npos) {
    bool said = text.empty() && response.body.len != 0;
    const pf_str* type = pflow::http_header(response, "content-type");
    return !said ? ""
                 : std::to_string(response.body.len) + " bytes" +
                       (type ? " of " + std::string(view(*type)) : "");
  }
  text = text.substr(from);
  std::string_view shown = cut(text, kMost);
  size_t end = 0;
  for (int lines = 0; lines < kLines && end != shown.npos; ++lines) end = shown.find('\n', end + 1);
  shown = shown.substr(0, end);
  shown = shown.substr(0, shown.find_last_not_of(kBlanks) + 1);
  bool whole = text.find_first_not_of(kBlanks, shown.size()) == text.npos;
  return std::string(shown) + (whole ? "" : " …");
}

}  // namespace pf_net
