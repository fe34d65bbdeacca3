/// Patterns for one part of a path.
#pragma once

#include <string_view>

namespace pf_files {

/// Whether a name fits: `*` is any text, `?` any character, `[a-z]` one of a set and
/// `[!a-z]` one of no set; a `[` without `]` is itself. A name that begins with a dot
/// fits only what does, too.
bool glob_match(std::string_view pattern, std::string_view name);

/// Whether the pattern is more than a name.
bool has_wildcard(std::string_view pattern);

}  // namespace pf_files
