#include "styles.h"

#include <vector>

#include "pflow/percent.hpp"
#include "plan.h"

namespace pf_openapi {
namespace {

constexpr int kDeepest = 32;

std::string encoded(std::string_view text, bool reserved = false) {
  std::string made;
  pflow::percent_encode(text, [&](std::string_view piece) { made += piece; });
  if (!reserved) return made;
  // What ends a query or separates its parts stays encoded.
  constexpr std::string_view kReserved = ":/?[]@!$'()*,;=";
  made.clear();
  for (const char& c : text)
    if (kReserved.find(c) != std::string_view::npos)
      made += c;
    else
      pflow::percent_encode({&c, 1}, [&](std::string_view piece) { made += piece; });
  return made;
}

/// A text as it is, what is no scalar as JSON.
std::string plain(const pf_json& value) {
  if (value.kind == PF_JSON_STR) return std::string(text_of(&value));
  return value.kind == PF_JSON_NULL ? "" : json_of(value);
}

struct Named {
  std::string name, value;
};

/// Its items, or names and values of its members, one after the other.
std::vector<std::string> flat(const pf_json& value) {
  std::vector<std::string> all;
  for (const pf_json& item : items(&value)) all.push_back(plain(item));
  for (const Member& each : members(&value))
    if (each.value.kind != PF_JSON_NULL) {
      all.emplace_back(pflow::view(each.key));
      all.push_back(plain(each.value));
    }
  return all;
}

std::vector<Named> named(const pf_json& value) {
  std::vector<Named> all;
  for (const Member& each : members(&value))
    if (each.value.kind != PF_JSON_NULL)
      all.push_back({std::string(pflow::view(each.key)), plain(each.value)});
  return all;
}

bool is_array(const pf_json& value) { return value.kind == PF_JSON_ARRAY; }
bool is_object(const pf_json& value) { return value.kind == PF_JSON_OBJECT; }

template <typename Write>
std::string joined(const std::vector<std::string>& parts, std::string_view between, Write write) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) text += between;
    text += write(parts[i]);
  }
  return text;
}

/// `R=100,G=200`
template <typename Write>
std::string exploded(const pf_json& value, std::string_view between, Write write) {
  std::vector<std::string> parts;
  for (const Named& each : named(value))
    parts.push_back(write(each.name) + '=' + write(each.value));
  return joined(parts, between, [](const std::string& part) { return part; });
}

/// Lists and objects with `between` their parts; anything else as it is.
template <typename Write>
std::string listed(const Style& style, const pf_json& value, std::string_view between,
                   Write write) {
  if (is_object(value) && style.explode) return exploded(value, between, write);
  if (is_object(value) || is_array(value)) return joined(flat(value), between, write);
  return write(plain(value));
}

std::string matrix(const Style& style, const pf_json& value) {
  const auto write = [](const std::string& text) { return encoded(text); };
  const std::string begin = ';' + encoded(style.name);
  if (is_object(value) && style.explode) return ';' + exploded(value, ";", write);
  if (is_array(value) && style.explode) {
    std::string text;
    for (const std::string& each : flat(value)) text += begin + '=' + encoded(each);
    return text;
  }
  const std::string text = listed(style, value, ",", write);
  return text.empty() ? begin : begin + '=' + text;
}

void add_pair(std::string& query, std::string_view name, std::string_view value) {
  if (!query.empty()) query += '&';
  query += name;
  query += '=';
  query += value;
}

/// `c[R][x]=1`; of lists of scalars `c[]=1`, of others `c[0][x]=1`.
void add_deep(std::string& query, const std::string& name, const Style& style, const pf_json& value,
              int depth) {
  const auto below = [&](std::string_view key) {
    return name + encoded("[" + std::string(key) + "]");
  };
  if (depth < kDeepest && is_object(value)) {
    for (const Member& each : members(&value))
      if (each.value.kind != PF_JSON_NULL)
        add_deep(query, below(pflow::view(each.key)), style, each.value, depth + 1);
    return;
  }
  if (depth < kDeepest && is_array(value)) {
    size_t index = 0;
    for (const pf_json& item : items(&value)) {
      const bool is_scalar = !is_object(item) && !is_array(item);
      add_deep(query, below(is_scalar ? "" : std::to_string(index)), style, item, depth + 1);
      ++index;
    }
    return;
  }
  add_pair(query, name, encoded(plain(value), style.reserved));
}

std::string_view separator(const Style& style) {
  if (style.style == "spaceDelimited") return "%20";
  return style.style == "pipeDelimited" ? "%7C" : ",";
}

}  // namespace

Style style_of(const pf_json& entry, std::string_view usual) {
  Style made;
  made.name = text_member(&entry, "name");
  made.style = text_member(&entry, "style");
  made.type = text_member(&entry, "type");
  if (made.style.empty()) made.style = usual;
  made.explode = made.style == "form" || made.style == "deepObject" || made.style == "cookie";
  if (const pf_json* said = member(&entry, "explode")) made.explode = said->boolean;
  made.reserved = pf_mcp::is_true(&entry, "reserved");
  return made;
}

std::string path_text(const Style& style, const pf_json& value) {
  const auto write = [](const std::string& text) { return encoded(text); };
  if (!style.type.empty()) return encoded(json_of(value));
  if (style.style == "matrix") return matrix(style, value);
  if (style.style == "label") return '.' + listed(style, value, style.explode ? "." : ",", write);
  return listed(style, value, ",", write);
}

void add_to_query(std::string& query, const Style& style, const pf_json& value) {
  const auto write = [&](const std::string& text) { return encoded(text, style.reserved); };
  const std::string name = encoded(style.name);
  if (!style.type.empty()) return add_pair(query, name, write(json_of(value)));
  if (style.style == "deepObject") return add_deep(query, name, style, value, 0);
  if (is_array(value) && style.explode) {
    for (const std::string& each : flat(value)) add_pair(query, name, write(each));
    return;
  }
  if (is_object(value) && style.explode) {
    for (const Named& each : named(value)) add_pair(query, encoded(each.name), write(each.value));
    return;
  }
  if ((is_array(value) || is_object(value)) && flat(value).empty()) return;
  add_pair(query, name, listed(style, value, separator(style), write));
}

std::string header_text(const Style& style, const pf_json& value) {
  if (!style.type.empty()) return json_of(value);
  return listed(style, value, ",", [](const std::string& text) { return text; });
}

void add_to_cookies(std::string& cookies, const Style& style, const pf_json& value) {
  std::string pairs;
  add_to_query(pairs, style, value);
  // As in a query, but that pairs are separated otherwise.
  for (size_t at = 0; at < pairs.size();) {
    const size_t end = std::min(pairs.find('&', at), pairs.size());
    if (!cookies.empty()) cookies += "; ";
    cookies += pairs.substr(at, end - at);
    at = end + 1;
  }
}

}  // namespace pf_openapi
