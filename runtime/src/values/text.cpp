// The text functions of abi.def: joins, appends, slices by code point.
#include <string.h>

#include <algorithm>

#include "pflow/abi.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/utf8.h"

using pflow::rt::owner_bytes;

namespace {

/// A part of `text` that shares its buffer.
pf_str part_of(const pf_str& text, size_t from, size_t to) {
  if (from >= to) return {};
  if (text.owner) ++text.owner->count;
  return {text.data + from, to - from, text.owner};
}

/// The byte range of the code points [from, to), clamped.
pf_str slice_by_code_points(const pf_str& text, int64_t from, int64_t to) {
  from = std::max<int64_t>(from, 0);
  if (to <= from) return {};
  int64_t skipped = 0;
  size_t first = pflow::rt::skip_code_points(text.data, text.len, from, &skipped);
  size_t rest = text.len - first;
  size_t last = rest;
  if (static_cast<uint64_t>(to - from) < rest)
    last = pflow::rt::skip_code_points(text.data + first, rest, to - from, &skipped);
  return part_of(text, first, first + last);
}

/// Appends in place. `grown` is the only reference to its owner; `more` may lie in it.
pf_str append_in_place(pf_str grown, const pf_str& more) {
  size_t before = static_cast<size_t>(grown.data - owner_bytes(grown.owner));
  size_t needed = before + grown.len + more.len;
  const char* source = more.data;
  if (needed > grown.owner->capacity) {
    bool inside = more.owner == grown.owner;
    size_t offset = inside ? static_cast<size_t>(more.data - owner_bytes(grown.owner)) : 0;
    grown.owner = pflow::rt::owner_grow(grown.owner, std::max(needed, grown.owner->capacity * 2));
    grown.data = owner_bytes(grown.owner) + before;
    if (inside) source = owner_bytes(grown.owner) + offset;
  }
  memmove(owner_bytes(grown.owner) + before + grown.len, source, more.len);
  grown.len += more.len;
  return grown;
}

}  // namespace

pf_str pf_str_new(size_t len, char** bytes) {
  if (len == 0) {
    static char nothing;
    *bytes = &nothing;
    return {};
  }
  pf_owner* owner = pflow::rt::owner_new(len);
  *bytes = owner_bytes(owner);
  return {*bytes, len, owner};
}

pf_str pf_str_copy(const char* data, size_t len) {
  char* bytes;
  pf_str text = pf_str_new(len, &bytes);
  if (len != 0) memcpy(bytes, data, len);
  return text;
}

void pf_str_retain(pf_str text) {
  if (text.owner) ++text.owner->count;
}

void pf_str_release(pf_str text) {
  if (text.owner && --text.owner->count == 0) pf_owner_free(text.owner);
}

void pf_template(pf_str* out, const void* parts, int64_t count) {
  const auto* text = static_cast<const pf_str*>(parts);
  size_t total = 0;
  for (int64_t i = 0; i < count; ++i) total += text[i].len;
  char* at;
  pf_str joined = pf_str_new(total, &at);
  for (int64_t i = 0; i < count; ++i) {
    if (text[i].len == 0) continue;
    memcpy(at, text[i].data, text[i].len);
    at += text[i].len;
  }
  *out = joined;
}

void pf_str_append(pf_str* out, void* first, const pf_str* more) {
  pf_str text = *static_cast<pf_str*>(first);
  if (more->len == 0) {
    *out = text;
    return;
  }
  if (text.owner && text.owner->count == 1) {
    *out = append_in_place(text, *more);
    return;
  }
  // Room for as much again: the next append finds it.
  pf_owner* owner = pflow::rt::owner_new((text.len + more->len) * 2);
  if (text.len != 0) memcpy(owner_bytes(owner), text.data, text.len);
  memcpy(owner_bytes(owner) + text.len, more->data, more->len);
  size_t total = text.len + more->len;
  pf_str_release(text);
  *out = {owner_bytes(owner), total, owner};
}

bool pf_str_equal(const pf_str* a, const pf_str* b) {
  if (a->len != b->len) return false;
  return a->len == 0 || a->data == b->data || memcmp(a->data, b->data, a->len) == 0;
}

int32_t pf_str_compare(const pf_str* a, const pf_str* b) {
  size_t shared = std::min(a->len, b->len);
  int order = shared == 0 ? 0 : memcmp(a->data, b->data, shared);
  if (order != 0) return order < 0 ? -1 : 1;
  return a->len == b->len ? 0 : a->len < b->len ? -1 : 1;
}

int64_t pf_str_len(const pf_str* text) {
  return pflow::rt::count_code_points(text->data, text->len);
}

void pf_str_slice(pf_str* out, const pf_str* text, int64_t from, int64_t to) {
  *out = slice_by_code_points(*text, from, to);
}

bool pf_str_index(pf_str* out, const pf_str* text, int64_t index, const pf_site* site) {
  if (index >= 0) {
    int64_t skipped = 0;
    size_t at = pflow::rt::skip_code_points(text->data, text->len, index, &skipped);
    if (at < text->len) {
      *out = slice_by_code_points({text->data + at, text->len - at, text->owner}, 0, 1);
      return false;
    }
  }
  pf_raise_index(site, index, pf_str_len(text));
  return true;
}

void pf_bytes_slice(pf_str* out, const pf_str* text, int64_t from, int64_t to) {
  int64_t len = static_cast<int64_t>(text->len);
  from = std::clamp<int64_t>(from, 0, len);
  to = std::clamp<int64_t>(to, from, len);
  *out = part_of(*text, static_cast<size_t>(from), static_cast<size_t>(to));
}

bool pf_str_contains(const pf_str* text, const pf_str* part) {
  if (part->len == 0) return true;
  return text->len >= part->len && memmem(text->data, text->len, part->data, part->len) != nullptr;
}
