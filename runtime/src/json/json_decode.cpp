// JSON text straight into values of a type.
#include <string.h>

#include "runtime/src/json/json_scanner.h"
#include "runtime/src/json/json_shape.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/map.h"
#include "runtime/src/values/number_text.h"

namespace pflow::rt {

using tables::Form;
namespace {

/// False: either `shape_` says what is wrong, or else the scanner, as the text is no JSON.
class JsonDecoder {
 public:
  explicit JsonDecoder(const pf_str& text) : in_(text) {}

  bool document(const pf_type* type, void* out) { return value(type, out) && in_.end(); }
  void report(pf_json_problem& problem);

 private:
  bool value(const pf_type* type, void* out);
  bool list(const pf_type* type, pf_list* out);
  bool map(const pf_type* type, pf_list* out);
  /// Of a variant `tag` is the key that says which it is; else it is null.
  bool record(const pf_type* type, void* out, const char* tag);
  bool field(JsonFields& fields, const pf_type* record, const pf_str& key, void* out);
  bool sum(const pf_type* type, pf_sum* out);
  bool tag(const char* key, pf_str* out, bool* found);
  bool json(pf_json* out);
  bool number(const pf_type* type, void* out);
  bool json_number(pf_json* out);
  bool boolean(bool* out);
  /// Reads a string for a type that has that form.
  bool text(const pf_type* type, void* out);

  bool duplicate(const pf_str& key);
  bool unexpected(const pf_type* type);

  JsonScanner in_;
  JsonShape shape_;
};

void JsonDecoder::report(pf_json_problem& problem) {
  problem.offset = in_.offset();
  if (!shape_.ok()) {
    problem.kind = shape_.kind();
    problem.message = shape_.take_message();
    return;
  }
  problem.kind = PF_E_PARSE;
  problem.message = view(in_.mistake() ? in_.mistake() : "expected a value");
}

bool JsonDecoder::duplicate(const pf_str& key) {
  JsonDown down(shape_, key);
  return shape_.wrong(PF_E_SCHEMA, "the key stands there twice");
}

/// What stands next has another form than `type`.
bool JsonDecoder::unexpected(const pf_type* type) {
  pf_str number;
  bool integral;
  switch (in_.next()) {
    case '{': return shape_.expected(type, "object");
    case '[': return shape_.expected(type, "list");
    case '"': return shape_.expected(type, "str");
    case 't': return in_.word("true") && shape_.expected(type, "bool");
    case 'f': return in_.word("false") && shape_.expected(type, "bool");
    case 'n': return in_.word("null") && shape_.expected(type, "null");
    case '\0': return in_.fail("expected a value");
    default:
      return in_.number(&number, &integral) && shape_.expected(type, integral ? "int" : "float");
  }
}

bool JsonDecoder::value(const pf_type* type, void* out) {
  char next = in_.next();
  if (tables::has_trait(type->kind, tables::Quoted))
    return next == '"' ? text(type, out) : unexpected(type);
  switch (tables::facts_of(type->kind).form) {
    case Form::Json: return json(static_cast<pf_json*>(out));
    case Form::Opt:
      if (next == 'n') return in_.word("null");
      return value(type->element, optional_fill(out, type));
    case Form::Int:
    case Form::Float: return number(type, out);
    case Form::Bool:
      return next == 't' || next == 'f' ? boolean(static_cast<bool*>(out)) : unexpected(type);
    case Form::List: return next == '[' ? list(type, static_cast<pf_list*>(out)) : unexpected(type);
    case Form::Map: return next == '{' ? map(type, static_cast<pf_list*>(out)) : unexpected(type);
    case Form::Record: return next == '{' ? record(type, out, nullptr) : unexpected(type);
    case Form::Sum: return next == '{' ? sum(type, static_cast<pf_sum*>(out)) : unexpected(type);
    case Form::Text:
    case Form::Command:
    case Form::Query:
    case Form::Stream:
    case Form::Tool: return unexpected(type);
  }
}

bool JsonDecoder::text(const pf_type* type, void* out) {
  pf_str text;
  return in_.string(&text) && read_json_text(text, type, out, shape_);
}

bool JsonDecoder::boolean(bool* out) {
  *out = in_.next() == 't';
  return in_.word(*out ? "true" : "false");
}

bool JsonDecoder::number(const pf_type* type, void* out) {
  char next = in_.next();
  if (next != '-' && (next < '0' || next > '9')) return unexpected(type);
  pf_str digits;
  bool integral;
  if (!in_.number(&digits, &integral)) return false;
  if (type->kind == PF_FLOAT) {
    if (read_float(digits, static_cast<double*>(out)) == NumberText::Ok) return true;
  } else {
    if (!integral) return shape_.expected(type, "float");
    if (read_int(digits, static_cast<int64_t*>(out)) == NumberText::Ok) return true;
  }
  return shape_.wrong(PF_E_SCHEMA, "%.*s%s does not fit into %s",
                      static_cast<int>(digits.len < 40 ? digits.len : 40), digits.data,
                      digits.len < 40 ? "" : "...", type->kind == PF_INT ? "an int" : "a float");
}

bool JsonDecoder::list(const pf_type* type, pf_list* out) {
  if (!in_.open()) return false;
  JsonDown down(shape_);
  for (bool first = true;; first = false) {
    bool goes_on;
    if (!in_.more(first, ']', &goes_on)) return false;
    if (!goes_on) return true;
    if (!first) down.next_index();
    if (!value(type->element, list_add_zeroed(*out, type->element))) return false;
  }
}

bool JsonDecoder::map(const pf_type* type, pf_list* out) {
  if (!in_.open()) return false;
  for (bool first = true;; first = false) {
    bool goes_on;
    if (!in_.more(first, '}', &goes_on)) return false;
    if (!goes_on) return true;
    pf_str key;
    if (!in_.key(&key)) return false;
    if (map_entry(out->head, key, type)) return duplicate(key);
    void* entry = list_add_zeroed(*out, type->element);
    *map_key(entry) = pf_str_copy(key.data, key.len);
    JsonDown down(shape_, *map_key(entry));
    if (!value(map_value_type(type), map_value(entry, type))) return false;
  }
}

bool JsonDecoder::record(const pf_type* type, void* out, const char* tag) {
  if (!in_.open()) return false;
  JsonFields fields(type);
  bool tag_seen = false;
  for (bool first = true;; first = false) {
    bool goes_on;
    if (!in_.more(first, '}', &goes_on)) return false;
    if (!goes_on) return fields.complete(out, shape_);
    pf_str key;
    if (!in_.key(&key)) return false;
    if (tag && is_called(tag, key)) {
      if (tag_seen) return duplicate(key);
      tag_seen = true;
    }
    if (!field(fields, type, key, out)) return false;
  }
}

bool JsonDecoder::field(JsonFields& fields, const pf_type* record, const pf_str& key, void* out) {
  uint32_t found = fields.find(key);
  if (found == JsonFields::kUnknown) return in_.skip();
  if (!fields.mark(found)) return duplicate(key);
  const pf_field& described = record->fields[found];
  JsonDown down(shape_, view(described.wire ? described.wire : described.name));
  return value(described.type, static_cast<char*>(out) + described.offset);
}

/// The text under a key of the object that stands next, which stays there.
bool JsonDecoder::tag(const char* wanted, pf_str* out, bool* found) {
  if (!in_.open()) return false;
  *found = false;
  for (bool first = true;; first = false) {
    bool goes_on;
    pf_str key;
    if (!in_.more(first, '}', &goes_on)) return false;
    if (!goes_on) return true;
    if (!in_.key(&key)) return false;
    if (!is_called(wanted, key)) {
      if (!in_.skip()) return false;
      continue;
    }
    *found = true;
    JsonDown down(shape_, view(wanted));
    return in_.next() == '"' ? in_.string(out) : unexpected(&kTextType);
  }
}

bool JsonDecoder::sum(const pf_type* type, pf_sum* out) {
  size_t start = in_.offset();
  uint32_t depth = in_.depth();
  pf_str name;
  bool found;
  const char* key = pf_tag_key(type);
  if (!tag(key, &name, &found)) return false;
  if (!found) return shape_.wrong(PF_E_SCHEMA, "expected %s, found no \"%s\"", type->name, key);
  int64_t variant = find_variant(name, type, shape_);
  if (variant < 0) return false;
  in_.rewind(start, depth);
  out->variant = variant;
  const pf_type* described = type->variants[variant];
  return record(described, list_add_zeroed(out->box, described), key);
}

bool JsonDecoder::json_number(pf_json* out) {
  pf_str digits;
  bool integral;
  if (!in_.number(&digits, &integral)) return false;
  if (integral && read_int(digits, &out->integer) == NumberText::Ok) {
    out->kind = PF_JSON_INT;
    return true;
  }
  // A whole number beyond 64 bits is the nearest float.
  if (read_float(digits, &out->number) != NumberText::Ok)
    return shape_.wrong(PF_E_SCHEMA, "%.*s... does not fit into a float",
                        static_cast<int>(digits.len < 40 ? digits.len : 40), digits.data);
  out->kind = PF_JSON_FLOAT;
  return true;
}

bool JsonDecoder::json(pf_json* out) {
  pf_str text;
  switch (in_.next()) {
    case 'n': return in_.word("null");
    case 't':
    case 'f': out->kind = PF_JSON_BOOL; return boolean(&out->boolean);
    case '[': out->kind = PF_JSON_ARRAY; return list(&kJsonArrayType, &out->list);
    case '{': out->kind = PF_JSON_OBJECT; return map(&kJsonObjectType, &out->list);
    case '"':
      if (!in_.string(&text)) return false;
      out->kind = PF_JSON_STR;
      out->text = pf_str_copy(text.data, text.len);
      return true;
    default: return json_number(out);
  }
}

}  // namespace
}  // namespace pflow::rt

using pflow::rt::Buffer;

bool pf_json_decode(const pf_str* text, const pf_type* type, void* out, pf_json_problem* problem) {
  pflow::rt::JsonDecoder decoder(*text);
  if (decoder.document(type, out)) return true;
  pf_drop_value(out, type);
  memset(out, 0, type->size);
  decoder.report(*problem);
  return false;
}

pf_status pf_json_read(pf_call* call, const pf_str* text, const pf_type* type, void* out) {
  pf_json_problem problem;
  if (pf_json_decode(text, type, out, &problem)) return PF_DONE;
  Buffer message;
  if (problem.kind == PF_E_PARSE) {
    size_t line = 1, line_start = 0;
    for (size_t i = 0; i < problem.offset && i < text->len; ++i)
      if (text->data[i] == '\n') line_start = i + 1, ++line;
    message.format("no JSON at line %zu, column %zu: ", line, problem.offset - line_start + 1);
  }
  message.add(problem.message);
  pf_str_release(problem.message);
  return pf_fail(call, problem.kind, "%s", message.c_str());
}
