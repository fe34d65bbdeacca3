/// UTF-8: validity and code points.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pflow::rt {

/// The offset of the first byte that is not UTF-8 (surrogates and overlong forms
/// are not), or `len`.
[[nodiscard]] size_t utf8_valid_prefix(const char* data, size_t len);

inline bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

/// Code points in valid text.
[[nodiscard]] int64_t count_code_points(const char* data, size_t len);

/// The byte offset after `n` code points, or `len` when there are fewer; sets
/// `*skipped` to how many were passed.
[[nodiscard]] size_t skip_code_points(const char* data, size_t len, int64_t n, int64_t* skipped);

/// Decodes the code point at `data` (valid text); sets its byte length.
[[nodiscard]] uint32_t decode_code_point(const char* data, size_t len, size_t* bytes);

}  // namespace pflow::rt
