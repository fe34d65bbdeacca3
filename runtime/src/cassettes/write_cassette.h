/// Cassettes as vcrpy writes them: version 1, keys in order.
#pragma once

#include "runtime/src/cassettes/interaction.h"
#include "runtime/src/values/buffer.h"

namespace pflow::cassettes {

/// What stands before the first interaction, and behind the last.
void begin_cassette(rt::Buffer& out);
void end_cassette(rt::Buffer& out);
void add_interaction(rt::Buffer& out, const Interaction& interaction);

}  // namespace pflow::cassettes
