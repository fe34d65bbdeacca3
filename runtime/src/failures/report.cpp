#include "runtime/src/failures/report.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>

#include "pflow/tables/code_point_width.h"
#include "runtime/src/cleanup/temp_files.h"
#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/utf8.h"

namespace pflow::rt {
namespace {

constexpr char kReset[] = "\x1b[0m";
constexpr char kRed[] = "\x1b[1;31m";
constexpr char kBlue[] = "\x1b[1;34m";
constexpr char kBold[] = "\x1b[1m";

ReportForm g_form;  ///< null: text

struct Ink {
  bool on;
  void write(Buffer& out, const char* code, const char* text) const {
    if (on) out.add(code);
    out.add(text);
    if (on) out.add(kReset);
  }
};

/// Adds one code point in its visible form; returns its columns.
int add_visible(Buffer& out, pf_str text, size_t at, size_t* bytes) {
  uint32_t point = decode_code_point(text.data + at, text.len - at, bytes);
  auto byte = static_cast<unsigned char>(text.data[at]);
  bool broken = *bytes == 1 && byte >= 0x80;
  if (point == '\t') {
    out.add("    ");
    return 4;
  }
  if (broken || point < 0x20 || point == 0x7f) {
    out.format("<%02X>", byte);
    return 4;
  }
  bool turns_text = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
  if (turns_text || (point >= 0x80 && point < 0xa0)) {
    out.format("<U+%04X>", point);
    return 8;
  }
  out.add(text.data + at, *bytes);
  return static_cast<int>(tables::code_point_width(point));
}

/// A text in its visible form; the lines after the first begin with `indent` blanks.
void add_lines(Buffer& out, pf_str text, size_t indent) {
  while (text.len > 0 && text.data[text.len - 1] == '\n') --text.len;
  for (size_t i = 0, bytes = 1; i < text.len; i += bytes) {
    if (text.data[i] == '\n') {
      out.add('\n');
      out.fill(' ', indent);
      bytes = 1;
    } else {
      add_visible(out, text, i, &bytes);
    }
  }
}

/// A source line as it is shown, and the columns of the span in it.
struct Snippet {
  Buffer line;
  size_t first = 0;
  size_t width = 0;
};

/// Shows code points [from, to) of the line; the span is counted in code points, too.
void fill_snippet(Snippet& snippet, const pf_site& site, size_t from, size_t to) {
  pf_str source = view(site.source);
  size_t start = site.column - 1, end = start + site.length;
  size_t column = 0, point = 0;
  if (from > 0) {
    snippet.line.add("...");
    column = 3;
  }
  snippet.first = column;
  for (size_t i = 0, bytes = 1; i < source.len && point < to; i += bytes, ++point) {
    if (point < from) {
      (void)decode_code_point(source.data + i, source.len - i, &bytes);
      continue;
    }
    if (point == start) snippet.first = column;
    auto columns = static_cast<size_t>(add_visible(snippet.line, source, i, &bytes));
    column += columns;
    if (point >= start && point < end) snippet.width += columns;
  }
  if (point <= start) snippet.first = column;
  if (point == to) snippet.line.add("...");
  snippet.width = std::max<size_t>(snippet.width, 1);
}

void make_snippet(Snippet& snippet, const pf_site& site) {
  constexpr size_t kMaxWidth = 140, kContext = 30;
  auto length = static_cast<size_t>(count_code_points(site.source, strlen(site.source)));
  if (length <= kMaxWidth) return fill_snippet(snippet, site, 0, length + 1);
  size_t from = site.column > kContext ? site.column - kContext : 0;
  size_t to = from + kMaxWidth;
  fill_snippet(snippet, site, from, to >= length ? length + 1 : to);
}

void add_gutter(Buffer& out, const Ink& ink, size_t width, const char* mark) {
  out.fill(' ', width);
  ink.write(out, kBlue, mark);
}

void add_place(Buffer& out, const pf_site& site, const Ink& ink, size_t gutter) {
  add_gutter(out, ink, gutter, "-->");
  out.format(" %s:%u:%u\n", site.file, site.line, site.column);
  if (site.source[0] == '\0') return;
  Snippet snippet;
  make_snippet(snippet, site);
  add_gutter(out, ink, gutter + 1, "|\n");
  Buffer number;
  number.format("%u |", site.line);
  ink.write(out, kBlue, number.c_str());
  out.add(' ');
  out.add(snippet.line.text());
  out.add('\n');
  add_gutter(out, ink, gutter + 1, "|");
  out.fill(' ', snippet.first + 1);
  Buffer carets;
  carets.fill('^', snippet.width);
  ink.write(out, kRed, carets.c_str());
  out.add('\n');
}

/// A row below the place, as ` = help: …`.
void add_row(Buffer& out, const Ink& ink, size_t gutter, const char* label, pf_str text) {
  add_gutter(out, ink, gutter + 1, "=");
  out.add(' ');
  ink.write(out, kBold, label);
  out.add(' ');
  add_lines(out, text, gutter + 4 + strlen(label));
  out.add('\n');
}

/// The failure that was being handled, and where that had happened.
void add_first(Buffer& out, const Ink& ink, size_t gutter, const Failure& first) {
  Buffer text;
  text.add("while this was handled: ");
  text.add(first.message);
  if (first.site && first.site->line != 0)
    text.format("\nat %s:%u:%u", first.site->file, first.site->line, first.site->column);
  add_row(out, ink, gutter, "note:", text.text());
}

}  // namespace

void add_report(Buffer& out, const Report& report, bool color) {
  Ink ink{color};
  Buffer head;
  head.format("error[PF09%02d]", static_cast<int>(report.kind));
  ink.write(out, kRed, head.c_str());
  if (color) out.add(kBold);
  out.add(": ");
  add_lines(out, report.message, 2);
  if (color) out.add(kReset);
  out.add('\n');

  const pf_site* site = report.site && report.site->line != 0 ? report.site : nullptr;
  size_t gutter = 1;
  for (uint32_t line = site ? site->line : 0; line >= 10; line /= 10) ++gutter;
  if (site) add_place(out, *site, ink, gutter);
  bool repeated = report.attempt > 1;
  bool noted =
      repeated || report.all != 0 || report.note.len != 0 || report.help.len != 0 || report.first;
  if (site && noted) add_gutter(out, ink, gutter + 1, "|\n");
  if (repeated) {
    Buffer tries;
    tries.format("the last of %lld tries", static_cast<long long>(report.attempt));
    add_row(out, ink, gutter, "note:", tries.text());
  }
  if (report.all != 0) {
    Buffer items;
    items.format("%zu of %zu items were done", report.done, report.all);
    add_row(out, ink, gutter, "note:", items.text());
  }
  if (report.note.len != 0) add_row(out, ink, gutter, "note:", report.note);
  for (const Failure* first = report.first; first; first = first->first)
    add_first(out, ink, gutter, *first);
  if (report.help.len != 0) add_row(out, ink, gutter, "help:", report.help);
}

Report report_of(const Failure& failure) {
  return {failure.kind, failure.site, failure.message, failure.help, failure.attempt,
          failure.done, failure.all,  &failure.data,   failure.note, failure.first};
}

void set_report_form(ReportForm form) { g_form = form; }

void print_report(const Report& report) {
  Buffer out;
  if (g_form) {
    g_form(out, report);
  } else {
    const char* no_color = getenv("NO_COLOR");
    add_report(out, report, !(no_color && *no_color) && isatty(STDERR_FILENO));
  }
  write_all(STDERR_FILENO, out.data(), out.size());
}

}  // namespace pflow::rt
