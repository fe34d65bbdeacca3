/// The run that this one goes on with.
#pragma once

#include "runtime/src/journal/recorded.h"
#include "runtime/src/recorder/record_file.h"

namespace pflow::rt {

struct Resumed {
  Recorded recorded;
  Buffer path;
  RecordFile file;  ///< its journal
};
/// Null: the run begins anew.
[[nodiscard]] Resumed* resumed();

/// The path of the journal of the run `id`, in PFLOW_HOME. False: there is no such folder.
[[nodiscard]] bool add_journal_path(Buffer& out, const char* id);

}  // namespace pflow::rt
