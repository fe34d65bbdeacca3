/// Cassettes that a part of a program uses, for the nodes around that part. Their files are opened
/// before the checks of all other nodes: what they answer needs no key.
#pragma once

#include "pflow/node.hpp"

namespace pflow {

/// Whether the cassettes of these sites, each named by its literal `file`, could be opened; what is
/// wrong has been reported.
bool cassettes_are_open(const pf_site* const* sites, size_t count);
/// Requests are answered by the cassette from here on; false when it is not open.
bool cassette_begin(const pf_site& site, const pf_str& file);
/// By what answered before any `cassette_begin`.
void cassette_end();

}  // namespace pflow
