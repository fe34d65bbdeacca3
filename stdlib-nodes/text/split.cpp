// Text to list and back: split, lines, words, chars, join.
#include "pieces.h"
#include "text.pf.hpp"
#include "white_space.h"

using pf_text::Pieces;
using pf_text::slice;

namespace {

/// An empty separator stands before, between and after all code points.
void split_everywhere(const pf_str& text, Pieces& pieces) {
  pieces.add({});
  for (size_t at = 0; at < text.len;) {
    size_t bytes = pf_text::code_point_bytes(text.data[at]);
    pieces.add(slice(text, at, at + bytes));
    at += bytes;
  }
  pieces.add({});
}

}  // namespace

pf_status pfn_text_split(pf_call*, const split_in* in, split_out* out) {
  Pieces pieces;
  if (in->separator.len == 0) {
    split_everywhere(in->text, pieces);
  } else {
    size_t at = 0;
    for (;;) {
      size_t end = pf_text::find(in->text, in->separator, at);
      pieces.add(slice(in->text, at, end));
      if (end == in->text.len) break;
      at = end + in->separator.len;
    }
  }
  out->parts = pieces.take();
  return PF_DONE;
}

pf_status pfn_text_lines(pf_call*, const lines_in* in, lines_out* out) {
  constexpr pf_str kNewline = {"\n", 1, nullptr};
  Pieces pieces;
  for (size_t at = 0; at < in->text.len;) {
    size_t end = pf_text::find(in->text, kNewline, at);
    bool carriage_return = end < in->text.len && end > at && in->text.data[end - 1] == '\r';
    pieces.add(slice(in->text, at, carriage_return ? end - 1 : end));
    at = end + 1;
  }
  out->lines = pieces.take();
  return PF_DONE;
}

pf_status pfn_text_words(pf_call*, const words_in* in, words_out* out) {
  Pieces pieces;
  const pf_str& text = in->text;
  size_t start = 0;
  for (size_t at = 0; at < text.len;) {
    size_t space = pf_text::leading_space(text.data + at, text.len - at);
    if (space == 0) {
      ++at;
      continue;
    }
    if (at > start) pieces.add(slice(text, start, at));
    at += space;
    start = at;
  }
  if (text.len > start) pieces.add(slice(text, start, text.len));
  out->words = pieces.take();
  return PF_DONE;
}

pf_status pfn_text_chars(pf_call*, const chars_in* in, chars_out* out) {
  Pieces pieces;
  for (size_t at = 0; at < in->text.len;) {
    size_t bytes = pf_text::code_point_bytes(in->text.data[at]);
    pieces.add(slice(in->text, at, at + bytes));
    at += bytes;
  }
  out->chars = pieces.take();
  return PF_DONE;
}

pf_status pfn_text_join(pf_call*, const join_in* in, join_out* out) {
  if (!in->items.head || in->items.head->len == 0) return PF_DONE;
  const auto* items = reinterpret_cast<const pf_str*>(in->items.head + 1);
  size_t count = in->items.head->len;
  size_t total = in->separator.len * (count - 1);
  for (size_t i = 0; i < count; ++i) total += items[i].len;
  char* to;
  out->text = pf_str_new(total, &to);
  auto append = [&to](const pf_str& part) {
    if (part.len == 0) return;
    memcpy(to, part.data, part.len);
    to += part.len;
  };
  for (size_t i = 0; i < count; ++i) {
    if (i != 0) append(in->separator);
    append(items[i]);
  }
  return PF_DONE;
}
