#include "provider_error.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

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
  const json::value* location = member(value, "loc");
  const json::array* steps = location ? location->if_array() : nullptr;
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

/// Whether the body says so in a word for programs, which some providers do under a status that may
/// mean anything.
bool refuses_key(const json::value* body, int depth) {
  constexpr std::array<std::string_view, 4> kWords = {"API_KEY_INVALID", "invalid_api_key",
                                                      "authentication_error", "UNAUTHENTICATED"};
  constexpr std::array<std::string_view, 4> kPlaces = {"code", "type", "status", "reason"};
  if (!body || depth == kDeepest) return false;
  if (const json::array* list = body->if_array())
    return std::ranges::any_of(*list,
                               [&](const auto& item) { return refuses_key(&item, depth + 1); });
  if (!body->is_object()) return false;
  if (std::ranges::any_of(kPlaces, [&](auto name) {
        return std::ranges::find(kWords, text_member(body, name)) != kWords.end();
      }))
    return true;
  return std::ranges::any_of(body->get_object(), [&](const auto& inner) {
    return refuses_key(&inner.value(), depth + 1);
  });
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
  if (status == 401 || ((status == 400 || status == 403) && refuses_key(body, 0)))
    return AnswerResult::none(PF_E_KEY, "the provider refused the key (" + number + ")" + tail);
  if (status == 429)
    return AnswerResult::none(PF_E_RATE_LIMIT,
                              "the provider limits the rate of requests (HTTP 429)" + tail);
  return AnswerResult::none(PF_E_HTTP, "the provider answered with " + number + tail);
}

}  // namespace pf_models
