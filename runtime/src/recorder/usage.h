/// What the questions of a run used, by model.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// What all questions so far used. A cost that one of them lacks is none.
struct Usage {
  pf_used used;
  int64_t calls;
};
[[nodiscard]] Usage usage_so_far();

/// Tells it on standard error, where `--usage` or PFLOW_USAGE asks for it.
void print_usage();
/// `,"usage":{…}`; nothing when no question was asked.
void add_usage_json(Buffer& out);

}  // namespace pflow::rt
