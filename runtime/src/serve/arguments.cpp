#include "runtime/src/serve/arguments.h"

#include "pflow/node.hpp"
#include "runtime/src/values/nearest.h"

namespace pflow::serve {
namespace {

namespace json = boost::json;

const char* wire_name(const pf_field& field) { return field.wire ? field.wire : field.name; }

bool has_field(const pf_type& record, std::string_view name) {
  for (uint32_t i = 0; i < record.count; ++i)
    if (name == wire_name(record.fields[i])) return true;
  return false;
}

/// A name that is none of a parameter's would be passed over without a word.
std::string unknown_member(const json::object& object, const pf_type& record) {
  for (const auto& member : object) {
    const std::string_view name = member.key();
    if (has_field(record, name)) continue;
    rt::Nearest nearest(literal(name));
    for (uint32_t i = 0; i < record.count; ++i)
      nearest.consider(literal(wire_name(record.fields[i])));
    std::string told = "there is no parameter `" + std::string(name) + "`";
    if (nearest.found())
      told += "; one with a similar name exists: `" + std::string(view(nearest.best())) + "`";
    return told;
  }
  return "";
}

}  // namespace

Arguments::Arguments(const pf_served& flow)
    : type_(*flow.tool->input), block_(zeroed(type_.size + 1)) {}

Arguments::~Arguments() {
  pf_drop_value(block_, &type_);
  free(block_);
}

std::string Arguments::read(const json::object& object, std::string_view json) {
  std::string problem = unknown_member(object, type_);
  if (!problem.empty()) return problem;
  const pf_str text = literal(json);
  pf_json_problem found{};
  if (pf_json_decode(&text, &type_, block_, &found)) return "";
  return std::string(Text(found.message).view());
}

json::value parse_json(std::string_view text, std::string& problem) {
  json::parse_options options;
  options.max_depth = 1000;
  boost::system::error_code failed;
  json::value value = json::parse(text, failed, {}, options);
  if (failed)
    problem = "it is no JSON: " + failed.message();
  else if (pf_utf8_valid_prefix(text.data(), text.size()) != text.size())
    problem = "it is not UTF-8";
  return value;
}

}  // namespace pflow::serve
