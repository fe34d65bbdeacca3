#include "support/suggestion.h"

#include <algorithm>

#include "support/display_line.h"

namespace pflow {
namespace {

/// Part of an edited line that the edits brought in, in bytes of the new line.
struct Touched {
  size_t begin;
  size_t end;
  char mark;  ///< `+` inserted, `~` replaced
};

struct NewLine {
  std::string text;
  std::vector<Touched> touched;
};

/// The lines that `edits` [first, last) touch, after them.
class EditedLines {
 public:
  EditedLines() : lines_(1) {}

  void keep(std::string_view text) { append(text, 0); }
  void bring(std::string_view text, char mark) { append(text, mark); }
  [[nodiscard]] const std::vector<NewLine>& lines() const { return lines_; }

 private:
  void append(std::string_view text, char mark) {
    while (true) {
      size_t newline = text.find('\n');
      std::string_view piece = text.substr(0, newline);
      NewLine& line = lines_.back();
      if (mark != 0 && !piece.empty())
        line.touched.push_back({line.text.size(), line.text.size() + piece.size(), mark});
      line.text += piece;
      if (newline == std::string_view::npos) return;
      lines_.emplace_back();
      text.remove_prefix(newline + 1);
    }
  }
  std::vector<NewLine> lines_;
};

void write_line(std::string& out, uint32_t number, std::string_view sign, const NewLine& line,
                const Gutter& gutter) {
  std::vector<DisplayLine::Range> focus;
  for (const Touched& touched : line.touched) focus.push_back({touched.begin, touched.end});
  DisplayLine shown(line.text, focus);
  gutter.number(out, number, sign);
  if (!shown.text().empty()) out += ' ' + shown.text();
  out += '\n';
  if (sign != "~" || line.touched.empty()) return;
  std::string marks;
  for (const Touched& touched : line.touched) {
    marks.resize(std::max(marks.size(), shown.column(touched.begin)), ' ');
    marks.resize(std::max(marks.size(), shown.column(touched.end)), touched.mark);
  }
  gutter.bar(out);
  out += ' ';
  gutter.paint.write(out, Ink::Help, marks);
  out += '\n';
}

bool is_whole_line(const NewLine& line) {
  return line.touched.size() == 1 && line.touched[0].begin == 0 &&
         line.touched[0].end == line.text.size() && line.touched[0].mark == '+';
}

/// One group of edits whose lines touch.
void write_group(std::string& out, const Edit* first, const Edit* last, const SourceMap& sources,
                 const Gutter& gutter) {
  FileId file = first->span.file;
  std::string_view text = sources.text(file);
  uint32_t number = sources.line_column(file, first->span.begin).line;
  EditedLines edited;
  size_t at = sources.line_start(file, number);
  for (const Edit* edit = first; edit != last; ++edit) {
    if (edit->span.begin > at) edited.keep(text.substr(at, edit->span.begin - at));
    edited.bring(edit->text, edit->span.begin == edit->span.end ? '+' : '~');
    at = std::max<size_t>(at, edit->span.end);
  }
  edited.keep(text.substr(at, std::min(text.find_first_of("\r\n", at), text.size()) - at));

  const std::vector<NewLine>& lines = edited.lines();
  bool grown = lines.size() > 1;
  for (size_t i = 0; i < lines.size(); ++i) {
    bool fresh = grown && is_whole_line(lines[i]);
    if (grown && !fresh && lines[i].touched.empty()) continue;
    write_line(out, number + static_cast<uint32_t>(i), fresh ? "+" : "~", lines[i], gutter);
  }
}

}  // namespace

void write_suggestion(std::string& out, std::vector<Edit> edits, const SourceMap& sources,
                      const Gutter& gutter) {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  gutter.bar(out);
  out += '\n';
  const Edit* end = edits.data() + edits.size();
  for (const Edit* first = edits.data(); first != end;) {
    const Edit* last = first + 1;
    auto line = [&](uint32_t offset) { return sources.line_column(first->span.file, offset).line; };
    while (last != end && line(last->span.begin) == line(last[-1].span.end)) ++last;
    write_group(out, first, last, sources, gutter);
    first = last;
  }
}

}  // namespace pflow
