/// The edits that diagnostics offer: as editors want them, and applied.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/diagnostics.h"

namespace pflow {

/// A place as the Language Server Protocol counts: both from 0, `character` in UTF-16 units.
struct EditorPosition {
  uint32_t line;
  uint32_t character;
};
[[nodiscard]] EditorPosition editor_position(const SourceMap& sources, FileId file,
                                             uint32_t offset);

/// The edits of each help that is certain, of all diagnostics of the file. Of those that overlap
/// the first stays whole, and of the others those that go with them are left out, too.
[[nodiscard]] std::vector<Edit> certain_edits(const Diagnostics& diagnostics, FileId file);

/// The text behind edits that do not overlap.
[[nodiscard]] std::string apply_edits(std::string_view text, std::vector<Edit> edits);

}  // namespace pflow
