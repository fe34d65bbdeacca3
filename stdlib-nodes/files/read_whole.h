/// A file's bytes in one buffer.
#pragma once

#include "path_text.h"

namespace pf_files {

/// Opens a file, not a folder, to read it; standard input also where it is a socket.
/// The descriptor, or -1 with errno set.
int open_to_read(const char* path);

/// Reads the whole file into `out`, also when it fails, after which the caller releases it.
/// False after `call` was failed.
bool read_whole(pf_call* call, const pf_str& path, pf_str* out);

/// "cannot read `path`: why".
pf_status cannot_read(pf_call* call, const char* path, int error);

}  // namespace pf_files
