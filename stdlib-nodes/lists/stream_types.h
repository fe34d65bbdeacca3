/// What streams of one type of items are described by: the runtime prints and releases
/// their items by it, so it lives as long as the program.
#pragma once

#include "pflow/abi.h"

namespace pf_lists {

/// The state of a pipe; the runtime keeps it, and drops the list with the pipe.
struct State {
  int64_t count;  ///< still to be dropped, of the next item, in a chunk
  const pf_type* item;
  pf_list chunk;  ///< or the items that have come
};

struct StreamTypes {
  StreamTypes* next;
  const pf_type* item;  ///< T
  pf_type list;         ///< [T]
  pf_type indexed;      ///< Indexed<T>
  pf_field indexed_fields[2];
  pf_frame_slot chunk_slot;  ///< in State
  pf_pipe drop, enumerate, chunks, unique;
};

/// Made at the first use; one for each type.
StreamTypes& stream_types(const pf_type* item);

}  // namespace pf_lists
