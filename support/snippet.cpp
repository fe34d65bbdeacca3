#include "support/snippet.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "support/display_line.h"
#include "support/display_width.h"

namespace pflow {
namespace {

/// A mark by lines; bytes count from the start of their line.
struct Place {
  uint32_t first_line;
  uint32_t last_line;
  size_t begin;
  size_t end;  ///< on `last_line`
  std::string label;
  bool primary;
  size_t depth = 0;  ///< column in the margin, when it spans lines

  [[nodiscard]] bool spans_lines() const { return first_line != last_line; }
};

/// ASCII drawing in columns, then one label.
class Row {
 public:
  void put(size_t column, char c, Ink ink) {
    if (cells_.size() <= column) cells_.resize(column + 1, {' ', Ink::Plain});
    cells_[column] = {c, ink};
  }
  void fill(size_t from, size_t to, char c, Ink ink) {
    for (size_t i = from; i < to; ++i) put(i, c, ink);
  }
  void label(std::string_view text, Ink ink) {
    label_ = text;
    label_ink_ = ink;
  }
  [[nodiscard]] size_t width() const { return cells_.size(); }

  void write(std::string& out, const Paint& paint) const {
    for (size_t i = 0; i < cells_.size();) {
      size_t to = i;
      std::string run;
      while (to < cells_.size() && cells_[to].ink == cells_[i].ink) run += cells_[to++].c;
      paint.write(out, cells_[i].ink, run);
      i = to;
    }
    paint.write(out, label_ink_, label_);
  }

 private:
  struct Cell {
    char c;
    Ink ink;
  };
  std::vector<Cell> cells_;
  std::string label_;
  Ink label_ink_ = Ink::Plain;
};

class Snippet {
 public:
  Snippet(std::string& out, const std::vector<Mark>& marks, const SourceMap& sources,
          const Gutter& gutter)
      : out_(out), sources_(sources), gutter_(gutter), file_(marks.front().span.file) {
    for (const Mark& mark : marks) add_place(mark);
    assign_depths();
  }

  void write() {
    gutter_.bar(out_);
    out_ += '\n';
    std::optional<uint32_t> previous;
    for (uint32_t line : shown_lines()) {
      if (previous && line > *previous + 1) write_elision(*previous);
      write_line(line);
      previous = line;
    }
  }

 private:
  static constexpr uint32_t kWholeSpan = 5;  // longer spans show their ends only

  void add_place(const Mark& mark) {
    auto size = static_cast<uint32_t>(sources_.text(file_).size());
    uint32_t begin = std::min(mark.span.begin, size);
    uint32_t end = std::clamp(mark.span.end, begin, size);
    uint32_t first = sources_.line_column(file_, begin).line;
    // A span that ends with a newline ends on that newline's line.
    uint32_t last = end > begin ? sources_.line_column(file_, end - 1).line : first;
    places_.push_back({first, last, begin - sources_.line_start(file_, first),
                       end - sources_.line_start(file_, last), visible_text(mark.label),
                       mark.primary});
  }

  void assign_depths() {
    std::vector<Place*> wide;
    for (Place& place : places_)
      if (place.spans_lines()) wide.push_back(&place);
    std::stable_sort(wide.begin(), wide.end(),
                     [](Place* a, Place* b) { return a->first_line < b->first_line; });
    for (size_t i = 0; i < wide.size(); ++i) {
      auto taken = [&](size_t depth) {
        for (size_t j = 0; j < i; ++j)
          if (wide[j]->depth == depth && wide[j]->last_line >= wide[i]->first_line) return true;
        return false;
      };
      while (taken(wide[i]->depth)) ++wide[i]->depth;
      margin_ = std::max(margin_, wide[i]->depth + 2);
    }
  }

  [[nodiscard]] std::vector<uint32_t> shown_lines() const {
    std::vector<uint32_t> lines;
    for (const Place& place : places_) {
      lines.push_back(place.first_line);
      lines.push_back(place.last_line);
      if (place.last_line - place.first_line <= kWholeSpan)
        for (uint32_t l = place.first_line; l < place.last_line; ++l) lines.push_back(l);
    }
    std::sort(lines.begin(), lines.end());
    // One line between two shown ones is no longer than the `...` for it.
    for (size_t i = 1, n = lines.size(); i < n; ++i)
      if (lines[i] == lines[i - 1] + 2) lines.push_back(lines[i] - 1);
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    return lines;
  }

  [[nodiscard]] Ink ink(const Place& place) const {
    return place.primary ? gutter_.severity : Ink::Gutter;
  }

  /// Bars of the spans that go on below `line`, or already end-less above it.
  [[nodiscard]] Row margin_after(uint32_t line) const {
    Row row;
    for (const Place& place : places_)
      if (place.spans_lines() && place.first_line <= line && line < place.last_line)
        row.put(place.depth, '|', ink(place));
    return row;
  }

  void write_row(const Row& row) {
    gutter_.bar(out_);
    out_ += ' ';
    row.write(out_, gutter_.paint);
    out_ += '\n';
  }

  void write_elision(uint32_t previous) {
    gutter_.paint.write(out_, Ink::Gutter, "...");
    Row row = margin_after(previous);
    if (row.width() != 0) {
      out_ += std::string(gutter_.width, ' ');
      row.write(out_, gutter_.paint);
    }
    out_ += '\n';
  }

  /// Whether nothing but blanks stands before the span on its first line.
  [[nodiscard]] bool at_line_head(const Place& place) const {
    std::string_view text = sources_.line(file_, place.first_line);
    return text.substr(0, place.begin).find_first_not_of(" \t") == std::string_view::npos;
  }

  void write_line(uint32_t line) {
    std::string_view text = sources_.line(file_, line);
    std::vector<DisplayLine::Range> focus;
    for (const Place& place : places_) {
      if (place.spans_lines()) {
        if (place.first_line == line) focus.push_back({place.begin, place.begin + 1});
        if (place.last_line == line) focus.push_back({place.end - 1, place.end});
      } else if (place.first_line == line) {
        focus.push_back({place.begin, place.end});
      }
    }
    DisplayLine shown(text, focus);
    write_source(line, shown);
    write_marks(line, shown);
    for (const Place& place : places_)
      if (place.spans_lines() && place.first_line == line && !at_line_head(place))
        write_span_start(place, shown);
    for (const Place& place : places_)
      if (place.spans_lines() && place.last_line == line) write_span_end(place, shown);
  }

  void write_source(uint32_t line, const DisplayLine& shown) {
    Row margin;
    for (const Place& place : places_) {
      if (!place.spans_lines()) continue;
      if (place.first_line == line && at_line_head(place))
        margin.put(place.depth, '/', ink(place));
      else if (place.first_line < line && line <= place.last_line)
        margin.put(place.depth, '|', ink(place));
    }
    gutter_.number(out_, line);
    if (!shown.text().empty() || margin.width() != 0) {
      out_ += ' ';
      margin.write(out_, gutter_.paint);
      if (!shown.text().empty()) out_ += std::string(margin_ - margin.width(), ' ');
      out_ += shown.text();
    }
    out_ += '\n';
  }

  /// Bars of spans that are open beside the marks of `line`.
  [[nodiscard]] Row open_margin(uint32_t line) const {
    Row row;
    for (const Place& place : places_) {
      if (!place.spans_lines() || line < place.first_line || line > place.last_line) continue;
      if (line > place.first_line || at_line_head(place)) row.put(place.depth, '|', ink(place));
    }
    return row;
  }

  struct Stroke {
    size_t from;
    size_t to;
    const Place* place;
  };

  [[nodiscard]] std::vector<Stroke> strokes(uint32_t line, const DisplayLine& shown) const {
    std::vector<Stroke> found;
    for (const Place& place : places_) {
      if (place.spans_lines() || place.first_line != line) continue;
      size_t from = margin_ + shown.column(place.begin);
      size_t to = margin_ + shown.column(place.end);
      found.push_back({from, std::max(to, from + 1), &place});
    }
    // From right to left: the labels of the left ones hang below.
    std::stable_sort(found.begin(), found.end(),
                     [](const Stroke& a, const Stroke& b) { return a.from > b.from; });
    return found;
  }

  void write_marks(uint32_t line, const DisplayLine& shown) {
    std::vector<Stroke> all = strokes(line, shown);
    if (all.empty()) return;
    Row row = open_margin(line);
    for (bool primary : {false, true})
      for (const Stroke& s : all)
        if (s.place->primary == primary) row.fill(s.from, s.to, primary ? '^' : '-', ink(*s.place));

    std::vector<Stroke> hanging;
    bool inline_free = all.front().to == row.width();
    for (const Stroke& s : all) {
      if (s.place->label.empty()) continue;
      if (inline_free && &s == &all.front())
        row.label(" " + s.place->label, ink(*s.place));
      else
        hanging.push_back(s);
    }
    write_row(row);
    write_hanging(line, hanging);
  }

  void write_hanging(uint32_t line, const std::vector<Stroke>& hanging) {
    if (hanging.empty()) return;
    auto connectors = [&](size_t from, size_t before) {
      Row row = open_margin(line);
      for (size_t i = from; i < hanging.size(); ++i)
        if (hanging[i].from < before) row.put(hanging[i].from, '|', ink(*hanging[i].place));
      return row;
    };
    write_row(connectors(0, SIZE_MAX));
    for (size_t i = 0; i < hanging.size(); ++i) {
      const Stroke& s = hanging[i];
      Row row = connectors(i + 1, s.from);
      row.fill(row.width(), s.from, ' ', Ink::Plain);
      row.label(s.place->label, ink(*s.place));
      write_row(row);
    }
  }

  /// ` _____^` under the first line of a span that starts inside it.
  void write_span_start(const Place& place, const DisplayLine& shown) {
    Row row = open_margin(place.first_line);
    size_t at = margin_ + shown.column(place.begin);
    row.fill(place.depth + 1, at, '_', ink(place));
    row.put(at, place.primary ? '^' : '-', ink(place));
    write_row(row);
  }

  /// `|____^ label` under the last line.
  void write_span_end(const Place& place, const DisplayLine& shown) {
    Row row = open_margin(place.last_line);
    size_t at = margin_ + shown.column(place.end == 0 ? 0 : place.end - 1);
    row.put(place.depth, '|', ink(place));
    row.fill(place.depth + 1, at, '_', ink(place));
    row.put(at, place.primary ? '^' : '-', ink(place));
    if (!place.label.empty()) row.label(" " + place.label, ink(place));
    write_row(row);
  }

  std::string& out_;
  const SourceMap& sources_;
  const Gutter& gutter_;
  FileId file_;
  std::vector<Place> places_;
  size_t margin_ = 0;  ///< columns left of the source for spans over lines
};

}  // namespace

void Gutter::bar(std::string& out) const {
  paint.write(out, Ink::Gutter, std::string(width + 1, ' ') + "|");
}

void Gutter::number(std::string& out, uint32_t line, std::string_view sign) const {
  paint.write(out, Ink::Gutter, fmt::format("{:>{}} {}", line, width, sign));
}

uint32_t last_line(const std::vector<Mark>& marks, const SourceMap& sources) {
  uint32_t last = 1;
  for (const Mark& mark : marks) {
    auto size = static_cast<uint32_t>(sources.text(mark.span.file).size());
    uint32_t end = std::min(mark.span.end, size);
    last = std::max(last, sources.line_column(mark.span.file, end).line);
  }
  return last;
}

void write_snippet(std::string& out, const std::vector<Mark>& marks, const SourceMap& sources,
                   const Gutter& gutter) {
  Snippet(out, marks, sources, gutter).write();
}

}  // namespace pflow
