#include "support/source.h"

#include <algorithm>

namespace pflow {

FileId SourceMap::add(std::string name, std::string text) {
  File& file = files_.emplace_back(File{std::move(name), std::move(text), {0}});
  for (size_t i = 0; i < file.text.size(); ++i)
    if (file.text[i] == '\n') file.line_starts.push_back(static_cast<uint32_t>(i + 1));
  return FileId(files_.size() - 1);
}

LineColumn SourceMap::line_column(FileId id, uint32_t offset) const {
  const File& file = files_[id.index];
  auto after = std::upper_bound(file.line_starts.begin(), file.line_starts.end(), offset);
  auto line = static_cast<uint32_t>(after - file.line_starts.begin());
  uint32_t column = 1;
  for (uint32_t i = file.line_starts[line - 1]; i < offset && i < file.text.size(); ++i)
    if ((static_cast<unsigned char>(file.text[i]) & 0xC0) != 0x80) ++column;
  return {line, column};
}

uint32_t SourceMap::line_start(FileId id, uint32_t line) const {
  return files_[id.index].line_starts[line - 1];
}

std::string_view SourceMap::line(FileId id, uint32_t line) const {
  const File& file = files_[id.index];
  std::string_view text = file.text;
  uint32_t begin = file.line_starts[line - 1];
  std::string_view rest = text.substr(begin);
  std::string_view found = rest.substr(0, rest.find('\n'));
  if (!found.empty() && found.back() == '\r') found.remove_suffix(1);
  return found;
}

}  // namespace pflow
