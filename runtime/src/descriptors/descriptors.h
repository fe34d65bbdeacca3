/// The standard descriptors. Their files are shared with who started us and with what
/// else it started: their flags are neither relied on nor changed.
#pragma once

#include <stddef.h>

namespace pflow::rt {

/// Opens /dev/null for each standard descriptor that is closed, so that nothing which
/// is opened later takes its number.
void open_standard_descriptors();

/// Writes all of it, as `pf_write`; false: errno says why.
bool write_all(int descriptor, const char* data, size_t len);

/// Called before something is written to standard output or standard error; null: by nobody.
extern void (*g_before_output)(int descriptor, const char* data, size_t len);

}  // namespace pflow::rt
