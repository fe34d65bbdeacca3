/// Source files and positions. Inside the compiler a place is a `Span` of byte
/// offsets; lines and columns exist only in what is printed.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "support/ids.h"

namespace pflow {

using FileId = Id<struct FileTag>;

/// Bytes [begin, end) of one file. A default span names no place.
struct Span {
  FileId file;
  uint32_t begin = 0;
  uint32_t end = 0;

  [[nodiscard]] bool valid() const { return file.valid(); }
  friend bool operator==(const Span&, const Span&) = default;
};

/// From the start of `a` to the end of `b`; both in one file.
[[nodiscard]] inline Span join(Span a, Span b) {
  if (!a.valid()) return b;
  if (!b.valid()) return a;
  return {a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

/// 1-based line and 1-based column; the column counts code points.
struct LineColumn {
  uint32_t line = 0;
  uint32_t column = 0;
};

/// Owns the texts of all files of one compilation; texts never move.
class SourceMap {
 public:
  /// `name` is how messages call the file, relative to the working directory.
  FileId add(std::string name, std::string text);

  [[nodiscard]] std::string_view name(FileId file) const { return files_[file.index].name; }
  [[nodiscard]] std::string_view text(FileId file) const { return files_[file.index].text; }
  [[nodiscard]] std::string_view text(Span span) const {
    return text(span.file).substr(span.begin, span.end - span.begin);
  }
  [[nodiscard]] LineColumn line_column(FileId file, uint32_t offset) const;
  /// The text of a 1-based line, without its line ending.
  [[nodiscard]] std::string_view line(FileId file, uint32_t line) const;
  /// Byte offset at which a 1-based line begins.
  [[nodiscard]] uint32_t line_start(FileId file, uint32_t line) const;
  [[nodiscard]] size_t size() const { return files_.size(); }

 private:
  struct File {
    std::string name;
    std::string text;
    std::vector<uint32_t> line_starts;
  };
  std::deque<File> files_;
};

}  // namespace pflow
