/// The work that is divided: a file in parts, and what is to be done with its records.
#pragma once

#include <stdint.h>
#include <string.h>

#include "pflow/abi.h"
#include "runtime/src/cores/text_places.h"

namespace pflow::rt {

struct PartedWork {
  /// Little less than four of the chunks that lines are read in: the fourth has the end of the
  /// last line.
  static constexpr int64_t kPart = int64_t{4 * 256 - 16} * 1024;

  pf_stream* source;
  const pf_pipe* pipe;  ///< null: items are handed over as they are
  const pf_type* made;  ///< what becomes of an item
  char* captured;       ///< as `pipe` wants it
  char* item;           ///< room for one of the source
  TextPlaces texts;
  int64_t begin;  ///< the offset of the first part
  int64_t end;    ///< behind the last one

  [[nodiscard]] int64_t part_count() const { return (end - begin + kPart - 1) / kPart; }
  [[nodiscard]] int64_t part_begin(int64_t part) const { return begin + part * kPart; }
  [[nodiscard]] int64_t part_at(int64_t offset) const { return (offset - begin) / kPart; }

  /// What becomes of `item`, which is gone then, as pf_pipe.run says.
  [[nodiscard]] int32_t make(void* out) const {
    if (!pipe) {
      memcpy(out, item, made->size);
      return 1;
    }
    const int32_t kept = pipe->run(captured, item, out);
    pf_drop_value(item, source->item);
    return kept;
  }
};

}  // namespace pflow::rt
