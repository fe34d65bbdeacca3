#include "provider_error.h"

#include <algorithm>
#include <boost/json.hpp>
#include <span>

#include "json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

constexpr int kDeepest = 6;

std::string words_in(const json::value* value, int depth);

/// The words of each, up to three.
std::string words_in_list(const json::array& list, int depth) {
  constexpr int kMost = 3;
  std::string all;
  int found = 0;
  for (const json::value& item : list) {
    std::string words = words_in(&item, depth);
    if (words.empty()) continue;
    if (found++ == kMost) return all + "; …";
    all += (all.empty() ? "" : "; ") + words;
  }
  return all;
}

/// Which field is meant, as FastAPI says it: `["body", "messages", 0]`.
std::string place_in(const json::value* value) {
  const json::array* steps = array_member(value, "loc");
  std::string place;
  for (size_t i = 0; steps && i < steps->size(); ++i) {
    const json::value& step = (*steps)[i];
    place += place.empty() ? "" : ".";
    place += step.is_string() ? std::string(step.as_string()) : json::serialize(step);
  }
  return place.empty() ? "" : place + ": ";
}

/// An `error` that is a word alone says less than a `message` beside it.
std::string words_in_object(const json::value* value, int depth) {
  const json::value* error = member(value, "error");
  if (error && !error->is_string()) {
    std::string words = words_in(error, depth);
    if (!words.empty()) return words;
  }
  for (const char* name : {"message", "msg", "detail", "details", "errors", "error",
                           "error_description", "title", "reason", "raw"}) {
    std::string words = words_in(member(value, name), depth);
    if (words.empty()) continue;
    // A gateway says `Provider returned error`, and what that was in here.
    std::string inner = words_in(member(value, "metadata"), depth);
    return place_in(value) + words + (inner.empty() ? "" : ": " + inner);
  }
  return "";
}

std::string words_in(const json::value* value, int depth) {
  if (!value || depth == kDeepest) return "";
  if (const json::string* text = value->if_string())
    return is_blank(*text) ? "" : std::string(*text);
  if (const json::array* list = value->if_array()) return words_in_list(*list, depth + 1);
  return words_in_object(value, depth + 1);
}

/// Words for programs, of which a body holds one or none.
using Codes = std::span<const std::string_view>;

/// What some providers say under a status that may mean anything.
constexpr std::string_view kRefusedKey[] = {"API_KEY_INVALID", "invalid_api_key",
                                            "authentication_error", "UNAUTHENTICATED"};
/// Under the status of too many requests: no wait of seconds mends it.
constexpr std::string_view kNothingLeft[] = {"insufficient_quota", "billing_hard_limit_reached",
                                             "billing_not_active"};

bool says_one_of(Codes codes, const json::value* body, int depth = 0) {
  constexpr std::string_view kPlaces[] = {"code", "type", "status", "reason"};
  if (!body || depth == kDeepest) return false;
  auto says_inside = [&](const json::value& inner) {
    return says_one_of(codes, &inner, depth + 1);
  };
  if (const json::array* list = body->if_array()) return std::ranges::any_of(*list, says_inside);
  if (!body->is_object()) return false;
  auto is_said = [&](auto name) {
    return std::ranges::find(codes, text_member(body, name)) != codes.end();
  };
  return std::ranges::any_of(kPlaces, is_said) ||
         std::ranges::any_of(body->get_object(),
                             [&](const auto& member) { return says_inside(member.value()); });
}

/// Gemini names the limits that are used up; those of a day last for hours.
bool is_limit_of_a_day(const json::value* body, int depth = 0) {
  if (!body || depth == kDeepest) return false;
  auto is_inside = [&](const json::value& inner) { return is_limit_of_a_day(&inner, depth + 1); };
  if (const json::array* list = body->if_array()) return std::ranges::any_of(*list, is_inside);
  if (!body->is_object()) return false;
  return text_member(body, "quotaId").find("PerDay") != std::string_view::npos ||
         std::ranges::any_of(body->get_object(),
                             [&](const auto& member) { return is_inside(member.value()); });
}

}  // namespace

std::string excerpt(std::string_view text) {
  constexpr size_t kMost = 200;
  size_t from = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  text.remove_prefix(from);
  std::string_view start = text.substr(0, kMost);
  start = start.substr(0, pf_utf8_valid_prefix(start.data(), start.size()));
  std::string made(start);
  for (char& c : made)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  while (made.ends_with(' ')) made.pop_back();
  return is_blank(text.substr(start.size())) ? made : made + "…";
}

std::string said_by(const json::value* body, std::string_view text) {
  std::string words = words_in(body, 0);
  return words.empty() ? excerpt(text) : words;
}

AnswerResult failed_request(int status, const json::value* body, std::string_view text) {
  std::string said = said_by(body, text), number = "HTTP " + std::to_string(status);
  std::string tail = said.empty() ? "" : ": " + said;
  if (status == 401 || ((status == 400 || status == 403) && says_one_of(kRefusedKey, body)))
    return AnswerResult::none(PF_E_KEY, "the provider refused the key (" + number + ")" + tail);
  if (status == 429 && (says_one_of(kNothingLeft, body) || is_limit_of_a_day(body)))
    return AnswerResult::none(PF_E_RATE_LIMIT, "nothing is left of the quota (HTTP 429)" + tail)
        .no_better();
  if (status == 429)
    return AnswerResult::none(PF_E_RATE_LIMIT,
                              "the provider limits the rate of requests (HTTP 429)" + tail);
  return AnswerResult::none(PF_E_HTTP, "the provider answered with " + number + tail);
}

}  // namespace pf_models
