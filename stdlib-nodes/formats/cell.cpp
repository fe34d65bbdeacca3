#include "cell.h"

#include <strings.h>

#include "pflow/tables/types.h"

namespace pf_formats {

namespace tables = pflow::tables;
using tables::Form;

namespace {

pf_str view_of(std::string_view text) { return {text.data(), text.size(), nullptr}; }

/// The conversions of the language raise what is wrong; here it is only that it is.
bool succeeded(bool failed) {
  if (!failed) return true;
  pf_error_value error{};
  if (!pf_error_take(&error)) {
    pf_str_release(error.message);
    pf_str_release(error.kind);
    pf_str_release(error.node);
  }
  return false;
}

bool read_bool(std::string_view cell, bool* out) {
  *out = cell.size() == 4 && strncasecmp(cell.data(), "true", 4) == 0;
  return *out || (cell.size() == 5 && strncasecmp(cell.data(), "false", 5) == 0);
}

bool decode(std::string_view json, const pf_type* type, void* out) {
  pf_str text = view_of(json);
  pf_json_problem problem;
  if (pf_json_decode(&text, type, out, &problem)) return true;
  pf_str_release(problem.message);
  return false;
}

/// What JSON has as a string.
bool decode_quoted(std::string_view cell, const pf_type* type, void* out) {
  pf_str text = view_of(cell);
  pflow::Text quoted(pf_json_text(&text, &pflow::kStr, 0));
  return decode(quoted.view(), type, out);
}

/// An optional is its value, then the flag; a boxed one a list of its value.
bool read_optional(std::string_view cell, const pf_type* type, void* out) {
  if (cell.empty()) return true;
  if (type->count == 1) return decode(cell, type, out);
  bool* has = static_cast<bool*>(out) + type->element->size;
  return *has = read_cell(cell, type->element, out);
}

}  // namespace

bool read_cell(std::string_view cell, const pf_type* type, void* out) {
  pf_str text = view_of(cell);
  if (type->kind == PF_STR || type->kind == PF_PATH || type->kind == PF_SECRET) {
    *static_cast<pf_str*>(out) = pflow::text(cell);
    return true;
  }
  if (tables::has_trait(type->kind, tables::Quoted) &&
      tables::has_trait(type->kind, tables::Jsonable))
    return decode_quoted(cell, type, out);
  switch (tables::facts_of(type->kind).form) {
    case Form::Int: return succeeded(pf_parse_int(out, &text, nullptr));
    case Form::Float: return succeeded(pf_parse_float(out, &text, nullptr));
    case Form::Bool: return read_bool(cell, static_cast<bool*>(out));
    case Form::Opt: return read_optional(cell, type, out);
    case Form::Text:
    case Form::Command:
    case Form::Query:
    case Form::Json:
    case Form::List:
    case Form::Map:
    case Form::Stream:
    case Form::Record:
    case Form::Sum:
    case Form::Tool: return decode(cell, type, out);
  }
}

pflow::Text cell_text(const void* value, const pf_type* type) {
  if (type->kind == PF_OPT && type->count == 0) {
    bool has = *(static_cast<const bool*>(value) + type->element->size);
    return has ? cell_text(value, type->element) : pflow::Text();
  }
  pf_str text;
  pf_to_text(&text, value, type);
  return pflow::Text(text);
}

}  // namespace pf_formats
