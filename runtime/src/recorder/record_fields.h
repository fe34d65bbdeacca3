/// The members of a record of a log or a journal, behind its first: `,"name":value`.
#pragma once

#include "runtime/src/json/json_text.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

inline void add_name(Buffer& json, const char* name) {
  json.add(",\"");
  json.add(name);
  json.add("\":");
}

inline void add_number(Buffer& json, const char* name, int64_t value) {
  add_name(json, name);
  json.add_int(value);
}

inline void add_text(Buffer& json, const char* name, pf_str value) {
  add_name(json, name);
  add_json_string(json, value);
}

}  // namespace pflow::rt
