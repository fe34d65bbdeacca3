/// What the environment says of OpenTelemetry: the variables of its specification.
#pragma once

#include "pflow/http.hpp"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/row.h"

namespace pflow::otlp {

struct Settings {
  rt::Buffer address;           ///< where traces are posted; empty: nowhere
  rt::Row<HttpHeader> headers;  ///< their texts live as long as the program
  int64_t timeout_ms = 10'000;  ///< of a post
  rt::Buffer resource;          ///< its attributes, JSON objects with commas between
  char trace[33] = {};          ///< hexadecimal: of the caller, or made
  char parent[17] = {};         ///< the caller's span; empty: none
};

/// Reads them for a program of that name.
void read_settings(Settings& settings, const char* program);
/// `digits` random hexadecimal digits, not all zero, and a zero byte.
void make_id(char* id, size_t digits);
/// `{"key":"name","value":{"stringValue":"text"}}`
void add_attribute(rt::Buffer& json, const char* name, pf_str text);

}  // namespace pflow::otlp
