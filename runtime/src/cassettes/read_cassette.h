/// Cassettes in the form of vcrpy, version 1, and in the older one of its httpx.
#pragma once

#include <deque>

#include "runtime/src/cassettes/interaction.h"

namespace pflow::cassettes {

/// Adds what the file's text holds, in its order. False: it has been reported, with the line.
bool read_cassette(const char* path, std::string_view text, std::deque<Interaction>& out);

}  // namespace pflow::cassettes
