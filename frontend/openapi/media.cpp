#include "frontend/openapi/media.h"

#include <algorithm>
#include <iterator>

#include "frontend/openapi/members.h"

namespace pflow::openapi {

namespace json = boost::json;

namespace {

constexpr std::string_view kForms[] = {"json", "form", "multipart", "text", "bytes"};

/// In lower case, without parameters.
std::string without_parameters(std::string_view media_type) {
  std::string made(media_type.substr(0, media_type.find(';')));
  while (made.ends_with(' ')) made.pop_back();
  for (char& c : made)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return made;
}

/// Where any type will do, the schema says which is meant.
std::string_view form_of_any(const json::object& media) {
  const json::object* schema = object_member(media, "schema");
  if (schema == nullptr) return "bytes";
  if (text_member(*schema, "type") != "string") return "json";
  return text_member(*schema, "format") == "binary" ? "bytes" : "text";
}

}  // namespace

std::string_view form_of(std::string_view media_type) {
  const std::string type = without_parameters(media_type);
  if (type.ends_with("/json") || type.ends_with("+json")) return "json";
  if (type == "application/x-www-form-urlencoded") return "form";
  if (type == "multipart/form-data") return "multipart";
  const bool is_text = type.starts_with("text/") || type.ends_with("/xml") ||
                       type.ends_with("+xml") || type.ends_with("ndjson") ||
                       type.ends_with("/jsonl") || type.ends_with("yaml");
  return is_text ? "text" : "bytes";
}

Media best_media(const json::object& content) {
  Media best;
  size_t rank = std::size(kForms);
  for (const auto& [type, value] : content) {
    if (!value.is_object()) continue;
    const std::string_view form =
        without_parameters(type) == "*/*" ? form_of_any(value.get_object()) : form_of(type);
    const size_t place = std::ranges::find(kForms, form) - std::begin(kForms);
    if (place >= rank) continue;
    rank = place;
    best = {without_parameters(type), form, &value.get_object()};
  }
  return best;
}

}  // namespace pflow::openapi
