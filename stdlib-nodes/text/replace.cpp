// Plain search: contains, starts_with, ends_with, replace.
#include "pieces.h"
#include "text.pf.hpp"

namespace {

bool equal(const char* a, const char* b, size_t len) { return len == 0 || memcmp(a, b, len) == 0; }

void append(char*& to, const char* from, size_t len) {
  if (len == 0) return;
  memcpy(to, from, len);
  to += len;
}

/// An empty pattern occurs before every code point and at the end.
pf_str interleaved(const pf_str& text, const pf_str& with) {
  size_t places = static_cast<size_t>(pf_str_len(&text)) + 1;
  char* to;
  pf_str made = pf_str_new(text.len + places * with.len, &to);
  append(to, with.data, with.len);
  for (size_t at = 0; at < text.len;) {
    size_t bytes = pf_text::code_point_bytes(text.data[at]);
    append(to, text.data + at, bytes);
    append(to, with.data, with.len);
    at += bytes;
  }
  return made;
}

size_t occurrences(const pf_str& text, const pf_str& part) {
  size_t count = 0;
  for (size_t at = pf_text::find(text, part, 0); at < text.len;
       at = pf_text::find(text, part, at + part.len)) {
    ++count;
  }
  return count;
}

pf_str replaced(const pf_str& text, const pf_str& part, const pf_str& with) {
  size_t count = occurrences(text, part);
  if (count == 0) return pf_text::retained(text);
  char* to;
  pf_str made = pf_str_new(text.len - count * part.len + count * with.len, &to);
  size_t at = 0;
  while (count-- > 0) {
    size_t found = pf_text::find(text, part, at);
    append(to, text.data + at, found - at);
    append(to, with.data, with.len);
    at = found + part.len;
  }
  append(to, text.data + at, text.len - at);
  return made;
}

}  // namespace

pf_status pfn_text_contains(pf_call*, const contains_in* in, contains_out* out) {
  out->found = pf_str_contains(&in->text, &in->part);
  return PF_DONE;
}

pf_status pfn_text_starts_with(pf_call*, const starts_with_in* in, starts_with_out* out) {
  out->found =
      in->text.len >= in->prefix.len && equal(in->text.data, in->prefix.data, in->prefix.len);
  return PF_DONE;
}

pf_status pfn_text_ends_with(pf_call*, const ends_with_in* in, ends_with_out* out) {
  out->found =
      in->text.len >= in->suffix.len &&
      equal(in->text.data + (in->text.len - in->suffix.len), in->suffix.data, in->suffix.len);
  return PF_DONE;
}

pf_status pfn_text_replace(pf_call*, const replace_in* in, replace_out* out) {
  out->text =
      in->from.len == 0 ? interleaved(in->text, in->to) : replaced(in->text, in->from, in->to);
  return PF_DONE;
}
