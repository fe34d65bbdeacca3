/// --explain-cache: what stages with `cache` have found, and why not.
#pragma once

namespace pflow::rt {

/// From here on each lookup is a line on standard error.
void explain_lookups();

}  // namespace pflow::rt
