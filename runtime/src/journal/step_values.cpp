#include "runtime/src/journal/step_values.h"

#include <stdlib.h>
#include <string.h>

#include <algorithm>

#include "pflow/sha256.hpp"
#include "runtime/src/journal/exact.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/program/used_keys.h"
#include "runtime/src/values/hash_value.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/types_within.h"

namespace pflow::rt {
namespace {

constexpr int kDigits = 32;

void hash_ports(const pf_field* ports, uint32_t count, const void* block, char (&hex)[65]) {
  Sha256 hash;
  for (uint32_t i = 0; i < count; ++i)
    if (!holds_secret(ports[i].type))
      hash_value(hash, static_cast<const char*>(block) + ports[i].offset, ports[i].type);
  hash.finish(hex);
}

/// The outputs as one record. Its size is none: only its fields are written.
pf_type record_of_outputs(const pf_node& node) {
  pf_type record{};
  record.kind = PF_RECORD;
  record.align = 8;
  record.counted = 1;
  record.name = "outputs";
  record.count = node.output_count;
  record.fields = node.outputs;
  return record;
}

size_t size_of_outputs(const pf_node& node) {
  size_t size = 1;
  for (uint32_t i = 0; i < node.output_count; ++i)
    size = std::max(size, size_t{node.outputs[i].offset} + node.outputs[i].type->size);
  return size;
}

bool is_read_back(pf_str json, const pf_node& node, const void* out) {
  const pf_type record = record_of_outputs(node);
  if (is_exact_in_json(out, &record)) return true;
  void* copy = allocate_zeroed(size_of_outputs(node));
  bool same = take_outputs(json, node, copy);
  if (same) {
    char before[65], after[65];
    hash_ports(node.outputs, node.output_count, out, before);
    hash_ports(node.outputs, node.output_count, copy, after);
    same = strcmp(before, after) == 0;
    pf_drop_value(copy, &record);
  }
  free(copy);
  return same;
}

}  // namespace

void add_arguments_hash(Buffer& out, const pf_node& node, const void* in) {
  char hex[65];
  hash_ports(node.ports, node.port_count, in, hex);
  out.add(hex, kDigits);
}

const char* add_outputs(Buffer& json, const pf_node& node, const void* out) {
  for (uint32_t i = 0; i < node.output_count; ++i) {
    if (holds_secret(node.outputs[i].type)) return "it is a secret";
    if (!is_storable(node.outputs[i].type)) return "it is a stream or a tool";
  }
  const size_t begin = json.size();
  const pf_type record = record_of_outputs(node);
  add_json(json, out, &record);
  const pf_str text = {json.data() + begin, json.size() - begin, nullptr};
  const char* problem = holds_key(text)                 ? "a key or a secret stands in it"
                        : is_read_back(text, node, out) ? nullptr
                                                        : "JSON cannot hold it";
  if (problem) json.cut(begin);
  return problem;
}

bool take_outputs(pf_str json, const pf_node& node, void* out) {
  const pf_type record = record_of_outputs(node);
  pf_json_problem problem;
  if (pf_json_decode(&json, &record, out, &problem)) return true;
  pf_str_release(problem.message);
  for (uint32_t i = 0; i < node.output_count; ++i)
    memset(static_cast<char*>(out) + node.outputs[i].offset, 0, node.outputs[i].type->size);
  return false;
}

bool holds_key(pf_str json) {
  return std::any_of(used_keys().begin(), used_keys().end(), [&](const pf_str& key) {
    Buffer quoted;
    add_json_string(quoted, key);
    const size_t quote = is_short_key(key) ? 0 : 1;
    return memmem(json.data, json.len, quoted.data() + quote, quoted.size() - 2 * quote) != nullptr;
  });
}

}  // namespace pflow::rt
