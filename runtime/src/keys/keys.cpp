// Stored keys: a flat JSON object of names and texts, then the environment.
#include <errno.h>
#include <stdlib.h>

#include <algorithm>
#include <boost/json.hpp>

#include "pflow/abi.h"
#include "runtime/src/program/config.h"
#include "runtime/src/values/buffer.h"

namespace {

namespace json = boost::json;
using pflow::rt::Buffer;

pf_key_state broken(const char* path, size_t line, const char* why) {
  pf_config_error(nullptr, "it is a JSON object of names and keys: {\"openai\": \"sk-...\"}",
                  "%s:%zu: the file of keys cannot be read: %s", path, line, why);
  return PF_KEY_BROKEN;
}

size_t line_of(const Buffer& text, const char* data, size_t offset) {
  offset = std::min(offset, text.size());
  return 1 + static_cast<size_t>(std::count(data, data + offset, '\n'));
}

/// Parses the whole file; the error has the offset where the parser stopped.
json::value parse(const char* data, size_t len, size_t& offset, boost::system::error_code& error) {
  json::stream_parser parser;
  offset = parser.write_some(data, len, error);
  if (!error) {
    while (offset < len && strchr(" \t\r\n", data[offset])) ++offset;
    if (offset < len) error = json::error::extra_data;
  }
  if (!error) parser.finish(error);
  return error ? json::value() : parser.release();
}

pf_key_state find_in(const char* path, Buffer& text, const char* name, pf_str* out) {
  boost::system::error_code error;
  size_t offset = 0;
  size_t mark = pf_byte_order_mark(text.data(), text.size());
  json::value parsed = parse(text.data() + mark, text.size() - mark, offset, error);
  if (error) {
    std::string why = error.message();
    return broken(path, line_of(text, text.data(), offset), why.c_str());
  }
  const json::object* object = parsed.if_object();
  if (!object) return broken(path, 1, "it holds no object");
  const json::value* value = object->if_contains(name);
  if (!value) return PF_KEY_ABSENT;
  const json::string* key = value->if_string();
  if (!key) {
    Buffer quoted, why;
    quoted.format("\"%s\"", name);
    std::string_view all(text.data(), text.size());
    size_t at = std::min(all.find(quoted.c_str()), all.size());
    why.format("the value of `%s` is no text", name);
    return broken(path, line_of(text, text.data(), at), why.c_str());
  }
  if (key->empty()) return PF_KEY_ABSENT;
  *out = pf_str_copy(key->data(), key->size());
  return PF_KEY_FOUND;
}

pf_key_state find_stored(const char* name, pf_str* out) {
  Buffer path, text;
  if (!pflow::rt::add_config_path(path, "keys.json")) return PF_KEY_ABSENT;
  if (!pflow::rt::read_small_file(path.c_str(), text)) {
    if (errno == ENOENT || errno == ENOTDIR) return PF_KEY_ABSENT;
    pf_config_error(nullptr, nullptr, "cannot read `%s`: %s", path.c_str(), strerror(errno));
    return PF_KEY_BROKEN;
  }
  return find_in(path.c_str(), text, name, out);
}

}  // namespace

pf_key_state pf_key(const char* name, const char* variable, pf_str* out) {
  pf_key_state stored = find_stored(name, out);
  if (stored != PF_KEY_ABSENT) return stored;
  const char* value = variable ? getenv(variable) : nullptr;
  if (!value || !*value) return PF_KEY_ABSENT;
  *out = pf_str_copy(value, strlen(value));
  pf_text_problem problem;
  if (pf_take_text(out, &problem)) return PF_KEY_FOUND;
  pf_config_error(nullptr, problem.help, "the environment variable `%s` %s", variable,
                  problem.message);
  pf_str_release(*out);
  *out = {};
  return PF_KEY_BROKEN;
}
