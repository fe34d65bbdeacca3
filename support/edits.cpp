#include "support/edits.h"

#include <algorithm>

namespace pflow {
namespace {

bool overlap(const Edit& a, const Edit& b) {
  bool same_place = a.span.begin == b.span.begin && a.span.end == b.span.end;
  return same_place || (a.span.begin < b.span.end && b.span.begin < a.span.end);
}

bool fits(const std::vector<Edit>& chosen, const std::vector<Edit>& more, FileId file) {
  return std::ranges::all_of(more, [&](const Edit& edit) {
    return edit.span.file == file &&
           std::ranges::none_of(chosen, [&](const Edit& other) { return overlap(edit, other); });
  });
}

}  // namespace

EditorPosition editor_position(const SourceMap& sources, FileId file, uint32_t offset) {
  std::string_view text = sources.text(file);
  offset = std::min(offset, static_cast<uint32_t>(text.size()));
  uint32_t line = sources.line_column(file, offset).line;
  uint32_t begin = sources.line_start(file, line);
  EditorPosition place{line - 1, 0};
  for (char c : text.substr(begin, offset - begin)) {
    auto byte = static_cast<unsigned char>(c);
    bool continues = (byte & 0xC0) == 0x80;
    // Four bytes stand for two units.
    if (!continues) place.character += byte >= 0xF0 ? 2 : 1;
  }
  return place;
}

std::vector<Edit> certain_edits(const Diagnostics& diagnostics, FileId file) {
  std::vector<Edit> chosen;
  for (const Diagnostic& diagnostic : diagnostics.all())
    for (const Help& help : diagnostic.helps)
      if (help.certain && fits(chosen, help.edits, file))
        chosen.insert(chosen.end(), help.edits.begin(), help.edits.end());
  return chosen;
}

std::string apply_edits(std::string_view text, std::vector<Edit> edits) {
  std::ranges::stable_sort(edits, {}, [](const Edit& edit) { return edit.span.begin; });
  std::string made;
  uint32_t at = 0;
  for (const Edit& edit : edits) {
    made += text.substr(at, edit.span.begin - at);
    made += edit.text;
    at = edit.span.end;
  }
  made += text.substr(at);
  return made;
}

}  // namespace pflow
