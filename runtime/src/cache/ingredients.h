/// What the result of a stage depends on: its arguments, what it does, settings.
#pragma once

#include "runtime/src/cache/cached_stage.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

struct Ingredients {
  char key[65];  ///< of all of them
  /// A line for each: what it is, a tab, its hash. A secret's line has no hash.
  Buffer lines;
};

/// False: the stage's results cannot be stored.
[[nodiscard]] bool find_ingredients(const CachedStage& stage, Ingredients& out);

/// Which lines of `now` differ from those of `then`, by name, as `model` or ``argument
/// `prompt` ``; joined with commas. Returns how many.
size_t add_changes(Buffer& out, pf_str now, pf_str then);

}  // namespace pflow::rt
