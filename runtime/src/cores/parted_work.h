/// The work that is divided: a file in parts, and what is to be done with its records.
#pragma once

#include <stdint.h>

#include "pflow/abi.h"
#include "runtime/src/cores/text_places.h"

namespace pflow::rt {

struct PartedWork {
  static constexpr int64_t kPart = int64_t{512} * 1024;

  pf_stream* source;
  const pf_pipe* pipe;
  char* captured;  ///< as `pipe` wants it
  char* item;      ///< room for one of the source
  TextPlaces texts;
  int64_t begin;  ///< the offset of the first part
  int64_t end;    ///< behind the last one

  [[nodiscard]] int64_t part_count() const { return (end - begin + kPart - 1) / kPart; }
  [[nodiscard]] int64_t part_begin(int64_t part) const { return begin + part * kPart; }
  [[nodiscard]] int64_t part_at(int64_t offset) const { return (offset - begin) / kPart; }
};

}  // namespace pflow::rt
