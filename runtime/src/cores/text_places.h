/// Values that can be handed from one process to another: bits, and texts in known places.
#pragma once

#include <stdint.h>

#include "runtime/src/values/row.h"

namespace pflow::rt {

class TextPlaces {
 public:
  /// False: a value of the type holds more, as lists do.
  [[nodiscard]] bool find(const pf_type* type, uint32_t offset = 0);

  [[nodiscard]] const uint32_t* begin() const { return offsets_.begin(); }
  [[nodiscard]] const uint32_t* end() const { return offsets_.end(); }

 private:
  Row<uint32_t> offsets_;  ///< of each text in a value
};

/// Whether the bytes are the program's own, and so the same ones in a fork of it.
[[nodiscard]] bool is_of_program(const pf_str& text);

}  // namespace pflow::rt
