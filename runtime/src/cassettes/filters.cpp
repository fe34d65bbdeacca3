#include "runtime/src/cassettes/filters.h"

#include <strings.h>

#include "pflow/http.hpp"
#include "pflow/percent.hpp"
#include "runtime/src/cassettes/secret_words.h"
#include "runtime/src/cassettes/url_parts.h"
#include "runtime/src/program/used_keys.h"

namespace pflow::cassettes {
namespace {

/// Shorter ones are masked as words of their own: `key` may well be one.
constexpr size_t kMaskedInWords = 8;

bool is_of_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool stands_alone(const std::string& text, size_t at, size_t length) {
  return (at == 0 || !is_of_word(text[at - 1])) &&
         (at + length == text.size() || !is_of_word(text[at + length]));
}

void mask(std::string& text, std::string_view secret) {
  if (secret.empty()) return;
  for (size_t at = text.find(secret); at != text.npos; at = text.find(secret, at)) {
    if (secret.size() < kMaskedInWords && !stands_alone(text, at, secret.size())) {
      at += secret.size();
      continue;
    }
    text.replace(at, secret.size(), kRemoved);
    at += kRemoved.size();
  }
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  percent_encode(text, [&](std::string_view piece) { encoded += piece; });
  return encoded;
}

/// The keys that the program has read, and what looks like one.
void mask_keys(std::string& text) {
  for (const pf_str& key : rt::used_keys()) {
    mask(text, view(key));
    std::string encoded = percent_encoded(view(key));
    if (encoded != view(key)) mask(text, encoded);
  }
  for (std::string_view key = find_key(text); !key.empty(); key = find_key(text))
    mask(text, std::string(key));
}

/// Behind `"name"`, blanks, a colon and blanks: where the text of a JSON member stands, between
/// its quotes. False when there is none.
bool find_member_text(const std::string& text, size_t at, size_t& from, size_t& to) {
  constexpr const char* kBlanks = " \t\r\n";
  at = text.find_first_not_of(kBlanks, at);
  if (at == text.npos || text[at] != ':') return false;
  at = text.find_first_not_of(kBlanks, at + 1);
  if (at == text.npos || text[at] != '"') return false;
  from = ++at;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  to = at;
  return at < text.size();
}

/// `"access_token": "…"`, in what may be JSON or the events of a stream.
void mask_members(std::string& text) {
  for (size_t open = text.find('"'); open != text.npos;) {
    size_t close = text.find('"', open + 1);
    if (close == text.npos) return;
    size_t from = 0, to = 0;
    std::string_view name(text.data() + open + 1, close - open - 1);
    if (is_secret_member(name) && find_member_text(text, close + 1, from, to)) {
      text.replace(from, to - from, kRemoved);
      close = from + kRemoved.size();
      open = text.find('"', close + 1);
      continue;
    }
    open = close;
  }
}

bool is_form(const Interaction& interaction) {
  for (const Header& header : interaction.request_headers)
    for (const std::string& value : header.values)
      if (strcasecmp(header.name.c_str(), "content-type") == 0 &&
          value.starts_with("application/x-www-form-urlencoded"))
        return true;
  return false;
}

/// Headers that say what is asked for and hold no secret, beside those that never do.
bool is_kept(const std::string& name) {
  for (const char* kept : {"anthropic-version", "anthropic-beta", "openai-beta"})
    if (strcasecmp(name.c_str(), kept) == 0) return true;
  return !http_may_hold_secret(literal(name));
}

/// Headers of a request are typed as secrets in a program, so that all the others go.
void filter_headers(std::vector<Header>& headers, bool (*drops)(const std::string&)) {
  std::erase_if(headers, [&](const Header& header) { return drops(header.name); });
  for (Header& header : headers)
    for (std::string& value : header.values) mask_keys(value);
}

/// Where an answer leads to, a signed address perhaps: the request that goes there is filtered
/// alike.
void filter_locations(std::vector<Header>& headers) {
  for (Header& header : headers) {
    if (strcasecmp(header.name.c_str(), "location") != 0) continue;
    for (std::string& value : header.values) {
      size_t query = value.find('?');
      if (query == std::string::npos) continue;
      std::string kept = shortened_pairs(value.substr(query + 1), is_secret_pair);
      value.resize(query);
      if (!kept.empty()) value += "?" + kept;
    }
  }
}

}  // namespace

void filter_request(Interaction& interaction) {
  bool form = is_form(interaction);
  filter_headers(interaction.request_headers,
                 [](const std::string& name) { return !is_kept(name); });
  interaction.url = shortened_url(interaction.url, is_secret_pair);
  mask_keys(interaction.url);
  if (form) interaction.request_body = shortened_pairs(interaction.request_body, is_secret_pair);
  mask_members(interaction.request_body);
  mask_keys(interaction.request_body);
}

void filter_answer(Interaction& interaction) {
  filter_headers(interaction.headers,
                 [](const std::string& name) { return is_secret_answer_header(name); });
  filter_locations(interaction.headers);
  mask_members(interaction.body);
  mask_keys(interaction.body);
}

std::string secret_in(const Interaction& interaction) {
  for (const Header& header : interaction.request_headers)
    for (const std::string& value : header.values)
      if (is_secret_header(header.name) && may_be_secret(value))
        return "the header `" + header.name + "` of its request";
  size_t question = interaction.url.find('?');
  if (question != std::string::npos)
    for (const auto& [name, value] : read_pairs(interaction.url.substr(question + 1)))
      if (is_secret_pair(name) && may_be_secret(value))
        return "`" + name + "` in the query of its address";
  if (!find_key(interaction.url).empty()) return "a key in its address";
  if (!find_key(interaction.request_body).empty()) return "a key in the body of its request";
  if (!find_key(interaction.body).empty()) return "a key in the body of its answer";
  return "";
}

}  // namespace pflow::cassettes
