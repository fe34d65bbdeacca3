/// What the questions of a run used, by model.
#pragma once

namespace pflow::rt {

class Buffer;

/// `--usage`, or PFLOW_USAGE: told on standard error at the end.
void show_usage();
/// Tells it, where that is wanted.
void print_usage();
/// `,"usage":{…}`; nothing when no question was asked.
void add_usage_json(Buffer& out);

}  // namespace pflow::rt
