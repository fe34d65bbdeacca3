/// A parameter's value from the text of the command line or of standard input.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

enum class ReadValue : unsigned char { Ok, Wrong };

/// Reads `text` by the declared type alone and puts the value at `out` (zeroed, or
/// the list so far, which it appends to). Else says what is wrong, as what follows
/// the option's name: "expects an int, found `x`". The text stays the caller's.
[[nodiscard]] ReadValue read_value(pf_str text, const pf_type* type, void* out, Buffer& problem,
                                   Buffer& help);

/// The list or stream behind optionals, or null: such a parameter may be repeated.
[[nodiscard]] const pf_type* repeated_type(const pf_type* type);
/// The type behind optionals.
[[nodiscard]] const pf_type* plain_type(const pf_type* type);

}  // namespace pflow::rt
