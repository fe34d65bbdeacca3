#include <fmt/format.h>

#include <algorithm>

#include "support/display_width.h"
#include "support/render.h"
#include "support/snippet.h"
#include "support/suggestion.h"

namespace pflow {
namespace {

Ink severity_ink(Severity severity) {
  switch (severity) {
    case Severity::Error: return Ink::Error;
    case Severity::Warning: return Ink::Warning;
    case Severity::Note: return Ink::Note;
  }
  return Ink::Plain;
}

/// The marks of one file.
struct FileMarks {
  FileId file;
  std::vector<Mark> marks;
};

/// The primary file first, the others in the order of their labels.
std::vector<FileMarks> marks_by_file(const Diagnostic& diagnostic) {
  std::vector<FileMarks> files;
  auto add = [&](Span span, std::string_view label, bool primary) {
    auto found = std::find_if(files.begin(), files.end(),
                              [&](const FileMarks& f) { return f.file == span.file; });
    if (found == files.end()) found = files.insert(found, {span.file, {}});
    found->marks.push_back({span, label, primary});
  };
  if (diagnostic.span.valid()) add(diagnostic.span, diagnostic.label, true);
  for (const Label& label : diagnostic.secondary) add(label.span, label.text, false);
  return files;
}

size_t gutter_width(const Diagnostic& diagnostic, const std::vector<FileMarks>& files,
                    const SourceMap& sources) {
  uint32_t last = 1;
  for (const FileMarks& file : files) last = std::max(last, last_line(file.marks, sources));
  for (const Help& help : diagnostic.helps) {
    for (const Edit& edit : help.edits) {
      auto added = static_cast<uint32_t>(std::count(edit.text.begin(), edit.text.end(), '\n'));
      last = std::max(last, last_line({{edit.span, {}, false}}, sources) + added);
    }
  }
  return std::to_string(last).size();
}

class TextMessage {
 public:
  TextMessage(const Diagnostic& diagnostic, const SourceMap& sources, bool color)
      : diagnostic_(diagnostic), sources_(sources), files_(marks_by_file(diagnostic)) {
    gutter_.paint = Paint(color);
    gutter_.severity = severity_ink(diagnostic.severity);
    gutter_.width = gutter_width(diagnostic, files_, sources);
  }

  std::string write() {
    headline();
    for (const FileMarks& file : files_) {
      location(file);
      write_snippet(out_, file.marks, sources_, gutter_);
    }
    rows();
    return std::move(out_);
  }

 private:
  void headline() {
    std::string head = fmt::format("{}[{}]", severity_word(diagnostic_.severity),
                                   diagnostic_code(*diagnostic_.info));
    gutter_.paint.write(out_, gutter_.severity, head);
    gutter_.paint.write(out_, Ink::Bold, ": " + visible_text(diagnostic_.message));
    out_ += '\n';
  }

  void location(const FileMarks& file) {
    Span at = file.marks.front().span;
    auto size = static_cast<uint32_t>(sources_.text(file.file).size());
    LineColumn place = sources_.line_column(file.file, std::min(at.begin, size));
    bool first = &file == &files_.front();
    if (!first) {
      gutter_.bar(out_);
      out_ += '\n';
    }
    out_ += std::string(gutter_.width, ' ');
    gutter_.paint.write(out_, Ink::Gutter, first ? "-->" : ":::");
    out_ += fmt::format(" {}:{}:{}\n", visible_text(sources_.name(file.file)), place.line,
                        place.column);
  }

  void rows() {
    if (diagnostic_.notes.empty() && diagnostic_.helps.empty()) return;
    if (!files_.empty()) {
      gutter_.bar(out_);
      out_ += '\n';
    }
    for (const std::string& note : diagnostic_.notes) row("note", note);
    for (const Help& help : diagnostic_.helps) {
      row("help", help.text);
      if (!help.edits.empty()) write_suggestion(out_, help.edits, sources_, gutter_);
    }
  }

  /// ` = note: text`; further lines of the text are indented to stand below it.
  void row(std::string_view kind, std::string_view text) {
    std::string indent(gutter_.width + 1, ' ');
    out_ += indent;
    gutter_.paint.write(out_, Ink::Gutter, "=");
    out_ += ' ';
    gutter_.paint.write(out_, Ink::Bold, fmt::format("{}:", kind));
    out_ += ' ';
    for (char c : visible_text(text, true)) {
      out_ += c;
      if (c == '\n') out_ += indent + std::string(kind.size() + 4, ' ');
    }
    out_ += '\n';
  }

  const Diagnostic& diagnostic_;
  const SourceMap& sources_;
  std::vector<FileMarks> files_;
  Gutter gutter_{1, Ink::Error, Paint(false)};
  std::string out_;
};

}  // namespace

std::string render_text(const Diagnostic& diagnostic, const SourceMap& sources, bool color) {
  return TextMessage(diagnostic, sources, color).write();
}

std::string render_short(const Diagnostic& diagnostic, const SourceMap& sources) {
  std::string head =
      fmt::format("{}[{}]: {}\n", severity_word(diagnostic.severity),
                  diagnostic_code(*diagnostic.info), visible_text(diagnostic.message));
  if (!diagnostic.span.valid()) return head;
  FileId file = diagnostic.span.file;
  auto size = static_cast<uint32_t>(sources.text(file).size());
  LineColumn from = sources.line_column(file, std::min(diagnostic.span.begin, size));
  LineColumn to = sources.line_column(file, std::min(diagnostic.span.end, size));
  std::string end =
      from.line == to.line ? std::to_string(to.column) : fmt::format("{}:{}", to.line, to.column);
  return fmt::format("{}:{}:{}-{}: {}", visible_text(sources.name(file)), from.line, from.column,
                     end, head);
}

}  // namespace pflow
