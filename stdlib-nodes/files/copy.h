/// Copies of files, for copy_file and for moves to another file system.
#pragma once

#include "new_file.h"
#include "pflow/abi.h"

namespace pf_files {

/// Why a file could not be copied or moved, and at which of the two paths that is.
struct Problem {
  int error = 0;
  bool at_source = false;
};

/// Copies a file's bytes and permissions.
Problem copy(const char* from, const char* to, Existing existing);

/// "cannot copy `from`: why" or "cannot copy `from` to `to`: why"; `verb` is `copy` or
/// `move`.
pf_status cannot(pf_call* call, const char* verb, const char* from, const char* to,
                 Problem problem);

}  // namespace pf_files
