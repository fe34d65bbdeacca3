// The outer form of texts: pad_start, pad_end, repeat_text, indent, dedent.
#include "pieces.h"
#include "text.pf.hpp"
#include "white_space.h"

namespace {

/// What a single text may grow to here; more is surely a mistake in a count.
constexpr int64_t kMaxBytes = int64_t{1} << 32;

/// Bytes of the first `count` code points of the endless repetition of `fill`.
int64_t fill_bytes(const pf_str& fill, int64_t count, int64_t fill_length) {
  int64_t bytes = 0;
  if (__builtin_mul_overflow(count / fill_length, static_cast<int64_t>(fill.len), &bytes)) {
    return INT64_MAX;
  }
  size_t at = 0;
  for (int64_t i = 0; i < count % fill_length; ++i) {
    at += pf_text::code_point_bytes(fill.data[at]);
  }
  return bytes > kMaxBytes ? bytes : bytes + static_cast<int64_t>(at);
}

/// Writes `bytes` bytes of the repetition of `fill`.
char* write_fill(char* to, const pf_str& fill, size_t bytes) {
  while (bytes > 0) {
    size_t part = bytes < fill.len ? bytes : fill.len;
    memcpy(to, fill.data, part);
    to += part;
    bytes -= part;
  }
  return to;
}

pf_status too_long(pf_call* call) {
  return pf_fail(call, PF_E_VALUE, "the text would be longer than 4 GiB");
}

pf_status pad(pf_call* call, const pf_str& text, int64_t width, const pf_str& fill, bool at_start,
              pf_str* out) {
  int64_t missing = width <= 0 ? 0 : width - pf_str_len(&text);
  if (missing <= 0) {
    *out = pf_text::retained(text);
    return PF_DONE;
  }
  if (fill.len == 0) return pf_fail(call, PF_E_VALUE, "`fill` is empty; expected a character");
  int64_t bytes = fill_bytes(fill, missing, pf_str_len(&fill));
  if (bytes > kMaxBytes) return too_long(call);
  char* to;
  *out = pf_str_new(text.len + static_cast<size_t>(bytes), &to);
  if (at_start) to = write_fill(to, fill, static_cast<size_t>(bytes));
  if (text.len != 0) memcpy(to, text.data, text.len);
  if (!at_start) write_fill(to + text.len, fill, static_cast<size_t>(bytes));
  return PF_DONE;
}

/// Calls `each(line, end)` with the byte range of every line, newline included.
template <typename Each>
void for_each_line(const pf_str& text, Each each) {
  for (size_t at = 0; at < text.len;) {
    size_t newline = pf_text::find(text, {"\n", 1, nullptr}, at);
    size_t end = newline < text.len ? newline + 1 : text.len;
    each(at, end);
    at = end;
  }
}

bool blank(const pf_str& text, size_t from, size_t to) {
  return pf_text::is_blank(text.data + from, to - from);
}

/// The spaces and tabs that all lines that are not blank begin with.
size_t margin(const pf_str& text) {
  const char* first = nullptr;
  size_t shared = 0;
  for_each_line(text, [&](size_t from, size_t to) {
    if (blank(text, from, to)) return;
    const char* line = text.data + from;
    size_t length = 0;
    while (from + length < to && (line[length] == ' ' || line[length] == '\t')) ++length;
    if (!first) {
      first = line;
      shared = length;
      return;
    }
    size_t same = 0;
    while (same < shared && same < length && first[same] == line[same]) ++same;
    shared = same;
  });
  return shared;
}

}  // namespace

pf_status pfn_text_pad_start(pf_call* call, const pad_start_in* in, pad_start_out* out) {
  return pad(call, in->text, in->width, in->fill, true, &out->text);
}

pf_status pfn_text_pad_end(pf_call* call, const pad_end_in* in, pad_end_out* out) {
  return pad(call, in->text, in->width, in->fill, false, &out->text);
}

pf_status pfn_text_repeat_text(pf_call* call, const repeat_text_in* in, repeat_text_out* out) {
  if (in->count < 0) {
    return pf_fail(call, PF_E_VALUE, "`count` is %lld; expected 0 or more",
                   static_cast<long long>(in->count));
  }
  int64_t bytes;
  if (__builtin_mul_overflow(in->count, static_cast<int64_t>(in->text.len), &bytes) ||
      bytes > kMaxBytes) {
    return too_long(call);
  }
  char* to;
  out->text = pf_str_new(static_cast<size_t>(bytes), &to);
  if (bytes != 0) write_fill(to, in->text, static_cast<size_t>(bytes));
  return PF_DONE;
}

pf_status pfn_text_indent(pf_call* call, const indent_in* in, indent_out* out) {
  const pf_str& text = in->text;
  int64_t lines = 0;
  for_each_line(text, [&](size_t from, size_t to) { lines += blank(text, from, to) ? 0 : 1; });
  int64_t added;
  if (__builtin_mul_overflow(lines, static_cast<int64_t>(in->prefix.len), &added) ||
      added > kMaxBytes) {
    return too_long(call);
  }
  char* to;
  out->text = pf_str_new(text.len + static_cast<size_t>(added), &to);
  for_each_line(text, [&](size_t from, size_t end) {
    if (in->prefix.len != 0 && !blank(text, from, end)) {
      memcpy(to, in->prefix.data, in->prefix.len);
      to += in->prefix.len;
    }
    memcpy(to, text.data + from, end - from);
    to += end - from;
  });
  return PF_DONE;
}

pf_status pfn_text_dedent(pf_call*, const dedent_in* in, dedent_out* out) {
  const pf_str& text = in->text;
  if (text.len == 0) return PF_DONE;
  size_t cut = margin(text);
  char* start;
  out->text = pf_str_new(text.len, &start);
  char* to = start;
  for_each_line(text, [&](size_t from, size_t end) {
    if (blank(text, from, end)) {
      if (text.data[end - 1] == '\n') *to++ = '\n';
      return;
    }
    memcpy(to, text.data + from + cut, end - from - cut);
    to += end - from - cut;
  });
  out->text.len = static_cast<size_t>(to - start);
  return PF_DONE;
}
