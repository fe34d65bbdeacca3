/// What `fragment` gives.
#pragma once

#include "fragments.pf.hpp"

namespace pf_fragments {

/// One fragment alone; takes over both texts.
void set_alone(fragment_out* out, pf_str text, pf_str source);

/// What a loader has given: a text, or a list of records with `text` and `source`, which are the
/// fragments of `name`. False when the value is neither.
bool set_loaded(fragment_out* out, const pf_type& type, const void* value, const pf_str& name);

}  // namespace pf_fragments
