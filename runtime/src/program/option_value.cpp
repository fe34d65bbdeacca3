#include "runtime/src/program/option_value.h"

#include <errno.h>
#include <stdlib.h>

#include "runtime/src/program/config.h"
#include "runtime/src/running/stream.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/nearest.h"
#include "runtime/src/values/number_text.h"
#include "runtime/src/values/utf8.h"

namespace pflow::rt {

using tables::Form;

namespace {

struct Reader {
  pf_str text;
  Buffer& problem;
  Buffer& help;

  ReadValue wrong(const char* expected) {
    problem.format("expects %s, found `", expected);
    problem.add(text);
    problem.add('`');
    return ReadValue::Wrong;
  }
  ReadValue number(NumberText read, const char* expected) {
    if (read == NumberText::Ok) return ReadValue::Ok;
    if (read == NumberText::Malformed) return wrong(expected);
    problem.format("expects %s, and `", expected);
    problem.add(text);
    problem.add("` is out of its range");
    return ReadValue::Wrong;
  }
  ReadValue boolean(bool* out);
  ReadValue literal(const pf_type* type, pf_str* out);
  ReadValue plain_text(pf_str* out);
  ReadValue not_text(const char* source, const pf_text_problem& no_text);
  ReadValue secret(pf_str* out);
  ReadValue json(const pf_type* type, void* out);
  bool file(const char* path, Buffer& content);
  ReadValue text_value(const pf_type* type, pf_str* out);
  ReadValue value(const pf_type* type, void* out);
};

ReadValue Reader::boolean(bool* out) {
  *out = equals(text, "true");
  if (*out || equals(text, "false")) return ReadValue::Ok;
  return wrong("`true` or `false`");
}

ReadValue Reader::literal(const pf_type* type, pf_str* out) {
  Nearest nearest(text);
  for (uint32_t i = 0; i < type->count; ++i) {
    if (pf_str_equal(&text, &type->literals[i])) {
      *out = type->literals[i];
      return ReadValue::Ok;
    }
    nearest.consider(type->literals[i]);
  }
  if (nearest.found()) {
    help.add("a value with a similar name exists: `");
    help.add(nearest.best());
    help.add('`');
  }
  return wrong(type->name);
}

ReadValue Reader::plain_text(pf_str* out) {
  pf_text_problem no_text;
  *out = text;
  if (!pf_take_text(out, &no_text)) return not_text("text that", no_text);
  pf_str_retain(text);
  return ReadValue::Ok;
}

/// `source` is what the option names.
ReadValue Reader::not_text(const char* source, const pf_text_problem& no_text) {
  problem.format("has %s %s", source, no_text.message);
  if (no_text.help) help.add(no_text.help);
  return ReadValue::Wrong;
}

bool Reader::file(const char* path, Buffer& content) {
  if (read_small_file(path, content)) return true;
  problem.format("names the file `%s`: %s", path, strerror(errno));
  return false;
}

/// JSON, or `@` and the name of a file that holds it.
ReadValue Reader::json(const pf_type* type, void* out) {
  Buffer content;
  pf_str source = text;
  if (text.len != 0 && text.data[0] == '@') {
    Buffer path;
    path.add(text.data + 1, text.len - 1);
    if (!file(path.c_str(), content)) return ReadValue::Wrong;
    source = content.text();
  }
  pf_text_problem no_text;
  if (!pf_take_text(&source, &no_text)) return not_text("JSON that", no_text);
  pf_json_problem wrong_json{};
  if (pf_json_decode(&source, type, out, &wrong_json)) return ReadValue::Ok;
  problem.format("expects JSON for `%s`: ", type->name);
  problem.add(wrong_json.message);
  if (wrong_json.kind == PF_E_PARSE) problem.format(" at offset %zu", wrong_json.offset);
  pf_str_release(wrong_json.message);
  return ReadValue::Wrong;
}

ReadValue Reader::secret(pf_str* out) {
  Buffer source;
  source.add(text);
  const char* spec = source.c_str();
  if (strncmp(spec, "env:", 4) == 0) {
    const char* value = getenv(spec + 4);
    pf_text_problem no_text;
    if (value) {
      *out = view(value);
      return pf_take_text(out, &no_text) ? ReadValue::Ok : not_text("a value that", no_text);
    }
    problem.format("names the environment variable `%s`, which is not set", spec + 4);
    return ReadValue::Wrong;
  }
  if (spec[0] != '@') return plain_text(out);
  Buffer content;
  if (!file(spec + 1, content)) return ReadValue::Wrong;
  pf_str value = content.take();
  pf_text_problem no_text;
  if (!pf_take_text(&value, &no_text)) {
    pf_str_release(value);
    return not_text("a value that", no_text);
  }
  while (value.len > 0 && (value.data[value.len - 1] == '\n' || value.data[value.len - 1] == '\r'))
    --value.len;
  *out = value;
  return ReadValue::Ok;
}

ReadValue Reader::text_value(const pf_type* type, pf_str* out) {
  if (type->kind == PF_SECRET) return secret(out);
  if (type->kind == PF_UNION) return literal(type, out);
  if (type->kind != PF_BYTES) return plain_text(out);
  pf_str_retain(text);
  *out = text;
  return ReadValue::Ok;
}

ReadValue Reader::value(const pf_type* type, void* out) {
  if (type->kind == PF_STREAM || tables::has_trait(type->kind, tables::Bound)) {
    problem.format("has the type `%s`, which the command line cannot give", type->name);
    return ReadValue::Wrong;
  }
  switch (tables::facts_of(type->kind).form) {
    case Form::Text: return text_value(type, static_cast<pf_str*>(out));
    case Form::Int:
      return type->kind == PF_DURATION
                 ? number(read_duration(text, static_cast<int64_t*>(out)),
                          "a duration such as `5m`")
                 : number(read_int(text, static_cast<int64_t*>(out)), "an int");
    case Form::Float: return number(read_float(text, static_cast<double*>(out)), "a float");
    case Form::Bool: return boolean(static_cast<bool*>(out));
    case Form::Opt: {
      if (is_boxed(type)) return value(type->element, optional_fill(out, type));
      ReadValue read = value(type->element, out);
      *(static_cast<bool*>(out) + type->element->size) = read == ReadValue::Ok;
      return read;
    }
    case Form::Json:
    case Form::Record:
    case Form::Sum:
    case Form::Map:
    case Form::List:
    case Form::Command:
    case Form::Query:
    case Form::Stream:
    case Form::Tool: return json(type, out);
  }
}

/// Reads one element and appends it.
ReadValue read_element(Reader& reader, const pf_type* element, pf_list* out) {
  ReadValue read = reader.value(element, list_add_zeroed(*out, element));
  if (read == ReadValue::Wrong) --out->head->len;
  return read;
}

ReadValue read_item(Reader& reader, const pf_type* item, pf_stream** out) {
  if (!*out) *out = static_cast<pf_stream*>(pf_stream_of(nullptr, item));
  pf_list one{};
  ReadValue read = read_element(reader, item, &one);
  if (read == ReadValue::Ok) {
    list_stream_push(*out, list_at(one.head, 0, item));
    one.head->len = 0;
  }
  list_release(one.head, item);
  return read;
}

}  // namespace

const pf_type* plain_type(const pf_type* type) {
  while (type->kind == PF_OPT) type = type->element;
  return type;
}

const pf_type* repeated_type(const pf_type* type) {
  type = plain_type(type);
  return type->kind == PF_LIST || type->kind == PF_STREAM ? type : nullptr;
}

ReadValue read_value(pf_str text, const pf_type* type, void* out, Buffer& problem, Buffer& help) {
  Reader reader{text, problem, help};
  const pf_type* list = repeated_type(type);
  if (!list) return reader.value(type, out);
  if (list->kind == PF_STREAM)
    return read_item(reader, list->element, static_cast<pf_stream**>(out));
  ReadValue read = read_element(reader, list->element, static_cast<pf_list*>(out));
  if (type->kind == PF_OPT && read == ReadValue::Ok)
    *(static_cast<bool*>(out) + type->element->size) = true;
  return read;
}

}  // namespace pflow::rt
