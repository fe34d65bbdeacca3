#include "runtime/src/option_value.h"

#include <errno.h>
#include <stdlib.h>

#include "runtime/src/buffer.h"
#include "runtime/src/config.h"
#include "runtime/src/nearest.h"
#include "runtime/src/number_text.h"
#include "runtime/src/utf8.h"

namespace pflow::rt {
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
  ReadValue secret(pf_str* out);
  ReadValue value(const pf_type* type, void* out);
};

bool equals(pf_str text, const char* other) {
  pf_str expected = view(other);
  return pf_str_equal(&text, &expected);
}

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
  size_t valid = utf8_valid_prefix(text.data, text.len);
  if (valid != text.len) {
    problem.format("expects UTF-8 text, found the byte 0x%02x at offset %zu",
                   static_cast<unsigned char>(text.data[valid]), valid);
    return ReadValue::Wrong;
  }
  pf_str_retain(text);
  *out = text;
  return ReadValue::Ok;
}

ReadValue Reader::secret(pf_str* out) {
  Buffer source;
  source.add(text);
  const char* spec = source.c_str();
  if (strncmp(spec, "env:", 4) == 0) {
    const char* value = getenv(spec + 4);
    if (value) {
      *out = view(value);
      return ReadValue::Ok;
    }
    problem.format("names the environment variable `%s`, which is not set", spec + 4);
    return ReadValue::Wrong;
  }
  if (spec[0] != '@') return plain_text(out);
  Buffer content;
  if (!read_small_file(spec + 1, content)) {
    problem.format("names the file `%s`: %s", spec + 1, strerror(errno));
    return ReadValue::Wrong;
  }
  pf_str value = content.take();
  while (value.len > 0 && (value.data[value.len - 1] == '\n' || value.data[value.len - 1] == '\r'))
    --value.len;
  *out = value;
  return ReadValue::Ok;
}

ReadValue Reader::value(const pf_type* type, void* out) {
  switch (type->kind) {
    case PF_STR:
    case PF_PATH: return plain_text(static_cast<pf_str*>(out));
    case PF_BYTES:
      pf_str_retain(text);
      *static_cast<pf_str*>(out) = text;
      return ReadValue::Ok;
    case PF_SECRET: return secret(static_cast<pf_str*>(out));
    case PF_UNION: return literal(type, static_cast<pf_str*>(out));
    case PF_INT: return number(read_int(text, static_cast<int64_t*>(out)), "an int");
    case PF_FLOAT: return number(read_float(text, static_cast<double*>(out)), "a float");
    case PF_DURATION:
      return number(read_duration(text, static_cast<int64_t*>(out)), "a duration such as `5m`");
    case PF_BOOL: return boolean(static_cast<bool*>(out));
    case PF_OPT: {
      ReadValue read = value(type->element, out);
      *(static_cast<bool*>(out) + type->element->size) = read == ReadValue::Ok;
      return read;
    }
    default:
      problem.format("has the type `%s`, which the command line cannot give yet", type->name);
      return ReadValue::Wrong;
  }
}

/// Reads one element and appends it.
ReadValue read_element(Reader& reader, const pf_type* list, pf_list* out) {
  alignas(16) char element[256] = {};
  if (list->element->size > sizeof element) {
    reader.problem.format("has the type `%s`, which the command line cannot give yet", list->name);
    return ReadValue::Wrong;
  }
  ReadValue read = reader.value(list->element, element);
  if (read == ReadValue::Ok)
    out->head = static_cast<pf_list_head*>(pf_list_push(out->head, element, list->element));
  return read;
}

}  // namespace

const pf_type* plain_type(const pf_type* type) {
  while (type->kind == PF_OPT) type = type->element;
  return type;
}

const pf_type* repeated_type(const pf_type* type) {
  type = plain_type(type);
  return type->kind == PF_LIST ? type : nullptr;
}

ReadValue read_value(pf_str text, const pf_type* type, void* out, Buffer& problem, Buffer& help) {
  Reader reader{text, problem, help};
  const pf_type* list = repeated_type(type);
  if (!list) return reader.value(type, out);
  ReadValue read = read_element(reader, list, static_cast<pf_list*>(out));
  if (type->kind == PF_OPT && read == ReadValue::Ok)
    *(static_cast<bool*>(out) + type->element->size) = true;
  return read;
}

}  // namespace pflow::rt
