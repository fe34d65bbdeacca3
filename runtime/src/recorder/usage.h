/// What the questions of a run used, by model.
#pragma once

namespace pflow::rt {

class Buffer;

/// Tells it on standard error, where `--usage` or PFLOW_USAGE asks for it.
void print_usage();
/// `,"usage":{…}`; nothing when no question was asked.
void add_usage_json(Buffer& out);

}  // namespace pflow::rt
