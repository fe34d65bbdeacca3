#include "body.h"

#include <vector>

#include "styles.h"

namespace pf_openapi {
namespace {

/// One part of a body of several.
struct Part {
  std::string name, type, bytes;
  bool is_file = false;
};

std::string json_fields(const pf_json& plan, const Ports& ports) {
  std::string text;
  for (const pf_json& part : items(member(&plan, "parts"))) {
    std::string value = ports.json(text_member(&part, "port"));
    if (value.empty() && pf_mcp::is_true(&part, "required")) value = "null";
    if (value.empty()) continue;
    text += text.empty() ? '{' : ',';
    text += pf_mcp::quoted(text_member(&part, "name")) + ':' + value;
  }
  return text.empty() ? text : text + '}';
}

std::string form_fields(const pf_json& plan, const Ports& ports) {
  std::string text;
  for (const pf_json& part : items(member(&plan, "parts"))) {
    Json value;
    if (!ports.read(text_member(&part, "port"), &value)) continue;
    Style style = style_of(part, "form");
    // A type other than JSON is that of a plain text.
    if (style.type.find("json") == std::string::npos) style.type.clear();
    add_to_query(text, style, value.get());
  }
  return text;
}

void add_values(std::vector<Part>& parts, const Part& like, const pf_json& value) {
  const bool as_json = like.type.find("json") != std::string::npos;
  if (value.kind == PF_JSON_ARRAY && !as_json) {
    for (const pf_json& item : items(&value)) add_values(parts, like, item);
    return;
  }
  Part part = like;
  const bool is_text = value.kind == PF_JSON_STR && !as_json;
  part.bytes = is_text ? std::string(text_of(&value)) : json_of(value);
  if (part.type.empty() && value.kind == PF_JSON_OBJECT) part.type = "application/json";
  parts.push_back(std::move(part));
}

std::vector<Part> parts_of(const pf_json& plan, const Ports& ports) {
  std::vector<Part> parts;
  for (const pf_json& entry : items(member(&plan, "parts"))) {
    const std::string_view port = text_member(&entry, "port");
    Part part{std::string(text_member(&entry, "name")),
              std::string(text_member(&entry, "type")),
              {},
              false};
    const pf_type* type = ports.type(port);
    const bool is_file = type != nullptr && type->kind == PF_BYTES;
    std::string_view bytes;
    if (const pf_list* files = ports.blobs(port)) {
      for (const pf_str& file : pflow::Elements<pf_str>(*files)) {
        parts.push_back(part);
        parts.back().bytes = pflow::view(file);
        parts.back().is_file = true;
      }
    } else if (is_file && ports.raw(port, &bytes)) {
      part.bytes = bytes;
      part.is_file = true;
      parts.push_back(std::move(part));
    } else if (Json value; ports.read(port, &value)) {
      add_values(parts, part, value.get());
    }
  }
  return parts;
}

/// A name in quotes, as browsers write it.
std::string quoted_name(std::string_view name) {
  std::string made = "\"";
  for (char c : name) {
    if (c == '"')
      made += "%22";
    else if (c == '\r' || c == '\n')
      made += c == '\r' ? "%0D" : "%0A";
    else
      made += c;
  }
  return made + '"';
}

/// Stands in none of the parts; the same for the same parts, so that a recording knows them.
std::string boundary_for(const std::vector<Part>& parts) {
  for (int number = 1;; ++number) {
    std::string boundary = "pflow-part-" + std::to_string(number);
    bool is_free = true;
    for (const Part& part : parts)
      is_free = is_free && part.bytes.find(boundary) == std::string::npos;
    if (is_free) return boundary;
  }
}

void write_parts(const std::vector<Part>& parts, Body* body) {
  const std::string boundary = boundary_for(parts);
  body->type = "multipart/form-data; boundary=" + boundary;
  for (const Part& part : parts) {
    body->bytes += "--" + boundary + "\r\nContent-Disposition: form-data; name=";
    body->bytes += quoted_name(part.name);
    if (part.is_file) body->bytes += "; filename=" + quoted_name(part.name);
    std::string type = part.type;
    if (type.empty() && part.is_file) type = "application/octet-stream";
    if (!type.empty()) body->bytes += "\r\nContent-Type: " + type;
    body->bytes += "\r\n\r\n" + part.bytes + "\r\n";
  }
  body->bytes += "--" + boundary + "--\r\n";
}

void add_whole(const Ports& ports, std::string_view port, bool is_json, Body* body) {
  std::string_view raw;
  if (is_json)
    body->bytes = ports.json(port);
  else if (ports.raw(port, &raw))
    body->bytes = raw;
  else
    return;
  body->is_there = !is_json || !body->bytes.empty();
}

}  // namespace

Body body(const Plan& plan, const Ports& ports) {
  Body made;
  const pf_json* said = member(&plan.operation(), "body");
  if (said == nullptr) return made;
  made.type = text_member(said, "type");
  const std::string_view form = text_member(said, "form");
  if (const std::string_view port = text_member(said, "port"); !port.empty()) {
    add_whole(ports, port, form == "json", &made);
    return made;
  }
  if (form == "json") {
    made.bytes = json_fields(*said, ports);
  } else if (form == "form") {
    made.bytes = form_fields(*said, ports);
  } else if (const std::vector<Part> parts = parts_of(*said, ports); !parts.empty()) {
    write_parts(parts, &made);
  }
  made.is_there = !made.bytes.empty() || pf_mcp::is_true(said, "required");
  if (made.is_there && made.bytes.empty() && form == "json") made.bytes = "{}";
  if (made.is_there && made.bytes.empty() && form == "multipart") write_parts({}, &made);
  return made;
}

}  // namespace pf_openapi
