#include "runtime/src/cassettes/secret_words.h"

#include <strings.h>

#include <algorithm>
#include <initializer_list>

namespace pflow::cassettes {
namespace {

bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

template <typename Words>
bool is_one_of(std::string_view word, const Words& words) {
  return std::ranges::any_of(words, [&](std::string_view other) { return same_word(word, other); });
}

constexpr std::string_view kHeaders[] = {
    "authorization", "proxy-authorization",  "x-api-key",      "x-goog-api-key", "api-key",
    "apikey",        "x-auth-token",         "x-access-token", "cookie",         "cookie2",
    "private-token", "x-amz-security-token", "x-github-token"};
constexpr std::string_view kAnswerHeaders[] = {
    "set-cookie",          "set-cookie2",         "cookie",         "authorization",
    "authentication-info", "openai-organization", "openai-project", "anthropic-organization-id"};
constexpr std::string_view kPairs[] = {"key",
                                       "api_key",
                                       "apikey",
                                       "api-key",
                                       "access_token",
                                       "refresh_token",
                                       "auth_token",
                                       "auth",
                                       "client_secret",
                                       "client_assertion",
                                       "password",
                                       "passwd",
                                       "secret",
                                       "signature",
                                       "sig",
                                       "x-amz-signature",
                                       "x-amz-credential",
                                       "x-amz-security-token",
                                       "x-goog-signature",
                                       "x-goog-credential"};
constexpr std::string_view kMembers[] = {"access_token",  "refresh_token", "id_token",
                                         "client_secret", "api_key",       "apikey",
                                         "password",      "private_key"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_of_key(char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '_'; }

/// How keys of some services begin, and how many characters follow at least.
struct Form {
  std::string_view begin;
  size_t least;
};
constexpr Form kForms[] = {{"sk-", 20},    {"sk_live_", 16}, {"rk_live_", 16}, {"AIza", 30},
                           {"ghp_", 30},   {"gho_", 30},     {"ghs_", 30},     {"github_pat_", 20},
                           {"glpat-", 16}, {"xoxb-", 16},    {"xoxp-", 16},    {"AKIA", 16},
                           {"hf_", 30},    {"gsk_", 30}};

/// How long the key is that begins here; 0: none does.
size_t key_length(std::string_view text) {
  for (const Form& form : kForms) {
    if (!text.starts_with(form.begin)) continue;
    size_t end = form.begin.size();
    size_t digits = 0, letters = 0;
    for (; end < text.size() && is_of_key(text[end]); ++end) {
      digits += is_digit(text[end]);
      letters += is_letter(text[end]);
    }
    if (end - form.begin.size() >= form.least && digits >= 2 && letters >= 2) return end;
  }
  return 0;
}

}  // namespace

bool is_secret_header(std::string_view name) { return is_one_of(name, kHeaders); }
bool is_secret_answer_header(std::string_view name) { return is_one_of(name, kAnswerHeaders); }
bool is_secret_pair(std::string_view name) { return is_one_of(name, kPairs); }
bool is_secret_member(std::string_view name) { return is_one_of(name, kMembers); }

std::string_view find_key(std::string_view text) {
  constexpr std::string_view kFirst = "srAgxh";
  for (size_t at = text.find_first_of(kFirst); at != text.npos;
       at = text.find_first_of(kFirst, at + 1)) {
    if (at != 0 && is_of_key(text[at - 1])) continue;
    std::string_view rest(text.data() + at, text.size() - at);
    if (size_t length = key_length(rest)) return {rest.data(), length};
  }
  return {};
}

bool may_be_secret(std::string_view value) {
  constexpr size_t kLeast = 12;
  size_t blank = value.rfind(' ');
  std::string_view scheme(value.data(), blank == value.npos ? 0 : blank);
  if (blank != value.npos) value.remove_prefix(blank + 1);
  if (same_word(scheme, "basic")) return value.size() >= 8;
  size_t digits = static_cast<size_t>(std::ranges::count_if(value, is_digit));
  size_t letters = static_cast<size_t>(std::ranges::count_if(value, is_letter));
  return value.size() >= kLeast && digits >= 2 && letters >= 2;
}

}  // namespace pflow::cassettes
