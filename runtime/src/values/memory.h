/// Counted blocks. Memory that cannot be had ends the program with a message:
/// no caller has anything better to do.
#pragma once

#include <cstddef>

#include "pflow/abi.h"

namespace pflow::rt {

[[nodiscard]] void* allocate(size_t bytes);
[[nodiscard]] void* allocate_zeroed(size_t bytes);
[[nodiscard]] void* reallocate(void* block, size_t bytes);

/// The bytes behind an owner's head.
inline char* owner_bytes(pf_owner* owner) { return reinterpret_cast<char*>(owner + 1); }
/// A block with one reference and room for at least `capacity` bytes.
[[nodiscard]] pf_owner* owner_new(size_t capacity);
/// The same block with more room; only for a block with one reference.
[[nodiscard]] pf_owner* owner_grow(pf_owner* owner, size_t capacity);

/// Called for a text that a list or map keeps. A short part of a large buffer, such as a line
/// of what was read, is kept without it: else a few lines would hold all of a file.
void text_detach(pf_str& text);

}  // namespace pflow::rt
