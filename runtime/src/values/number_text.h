/// Numbers and durations as text, and back.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// The shortest text that reads back as the same double, laid out as Python's
/// repr: `3.0`, `0.1`, `1e+16`, `inf`, `nan`.
void add_float(Buffer& out, double value);
/// A duration as a literal of the language: `1500ms`, `5m`, `0s`.
void add_duration(Buffer& out, int64_t nanoseconds);

enum class NumberText : unsigned char { Ok, Malformed, OutOfRange };
/// Digits with an optional sign, nothing else.
[[nodiscard]] NumberText read_int(pf_str text, int64_t* out);
/// A decimal number with optional sign, fraction and exponent.
[[nodiscard]] NumberText read_float(pf_str text, double* out);
/// `500ms`, `1.5s`, `5m`, `2h`, `1d`.
[[nodiscard]] NumberText read_duration(pf_str text, int64_t* out);

}  // namespace pflow::rt
