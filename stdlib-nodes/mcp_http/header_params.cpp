#include "header_params.h"

#include <algorithm>
#include <set>

#include "stdlib-nodes/mcp/members.h"

namespace pf_mcp {
namespace {

constexpr std::string_view kHeader = "x-mcp-header";
constexpr int kDeepest = 100;

std::string base64(std::string_view bytes) {
  constexpr const char* kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t three = 0;
    for (size_t j = 0; j < 3; ++j)
      three = three << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (size_t j = 0; j < 4; ++j)
      text += i + j > bytes.size() ? '=' : kDigits[three >> (18 - 6 * j) & 63];
  }
  return text;
}

bool is_plain(std::string_view text) {
  if (text.empty()) return true;
  if (text.starts_with("=?base64?") && text.ends_with("?=")) return false;
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  return !is_blank(text.front()) && !is_blank(text.back()) &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& c : made)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return made;
}

bool is_scalar(const pf_json& schema) {
  const std::string_view type = text_member(&schema, "type");
  return type == "string" || type == "integer" || type == "boolean";
}

/// How often a schema names a header, at any place.
size_t count_headers(const pf_json& schema, bool is_named, int depth) {
  if (depth > kDeepest) return 0;
  size_t count = 0;
  for (const pf_json& item : items(&schema)) count += count_headers(item, false, depth + 1);
  for (const Member& each : members(&schema)) {
    const std::string_view key = pflow::view(each.key);
    if (!is_named && key == kHeader) ++count;
    // A property may have the name of a keyword; what stands as a value is no schema.
    if (!is_named && (key == "default" || key == "const" || key == "enum" || key == "examples"))
      continue;
    count += count_headers(each.value, !is_named && key == "properties", depth + 1);
  }
  return count;
}

/// Goes into properties alone: what stands elsewhere may be there more or less than once.
template <typename Found>
void walk(const pf_json& schema, const pf_json* arguments, int depth, const Found& found) {
  if (depth > kDeepest) return;
  for (const Member& property : members(member(&schema, "properties"))) {
    const pf_json* value = member(arguments, pflow::view(property.key));
    if (const pf_json* header = member(&property.value, kHeader))
      found(property.value, *header, value);
    walk(property.value, value, depth + 1, found);
  }
}

std::string text_of_argument(const pf_json& value) {
  return value.kind == PF_JSON_STR ? std::string(pflow::view(value.text)) : json_of(value);
}

}  // namespace

std::string header_value(std::string_view text) {
  return is_plain(text) ? std::string(text) : "=?base64?" + base64(text) + "?=";
}

bool has_good_headers(const pf_json& tool) {
  const pf_json* schema = member(&tool, "inputSchema");
  if (schema == nullptr) return true;
  size_t reached = 0;
  bool good = true;
  std::set<std::string> names;
  walk(*schema, nullptr, 0, [&](const pf_json& property, const pf_json& header, const pf_json*) {
    ++reached;
    good = good && is_scalar(property) && is_token(text_of(&header)) &&
           names.insert(lower(text_of(&header))).second;
  });
  return good && reached == count_headers(*schema, false, 0);
}

Headers header_params(const pf_json& tool, std::string_view arguments) {
  Headers made;
  const pf_json* schema = member(&tool, "inputSchema");
  Json given;
  if (schema == nullptr || !given.read(arguments)) return made;
  walk(*schema, &given.get(), 0, [&](const pf_json&, const pf_json& header, const pf_json* value) {
    if (value == nullptr || value->kind == PF_JSON_NULL) return;
    made.emplace_back("Mcp-Param-" + std::string(text_of(&header)),
                      header_value(text_of_argument(*value)));
  });
  return made;
}

}  // namespace pf_mcp
