/// The failures of the items of an `each`.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

struct Failure;

/// Puts in front which item it was: `item at index 3 ("abc"): …`; of items in items in
/// items only the innermost few.
void name_item(Failure* failure, int64_t index, const void* item, const pf_type* type);

/// Tells at the end of the program why the item is skipped.
void note_item(const pf_site* site, const Failure& failure, int64_t index, const void* item,
               const pf_type* type);

/// The records of `errors`, in the order in which they came.
extern const pf_type kItemErrorType;
/// What is kept of a failure; the failure is freed.
[[nodiscard]] pf_item_error keep_item_error(Failure* failure, int64_t index, const void* item,
                                            const pf_type* type);

/// Whether `on_error: skip` may pass over it.
[[nodiscard]] bool is_skippable(const Failure& failure);

}  // namespace pflow::rt
