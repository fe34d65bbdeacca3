/// Streams of the records of a file whose pure function runs on all cores.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

struct CoresApi {
  /// Before anything runs: false after a setting that is wrong was reported.
  bool (*check)();
  /// As pf_stream_pipe, and without a pipe the items as they are; null, and nothing was done, where
  /// one core has to do.
  pf_stream* (*pipe)(pf_stream* source, const pf_pipe* pipe, const void* captured);
};

}  // namespace pflow::rt

/// Null where the program has no such stream, so that none of it is linked.
extern "C" const pflow::rt::CoresApi pf_cores __attribute__((weak, visibility("default")));
