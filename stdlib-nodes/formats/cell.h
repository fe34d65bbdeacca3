/// A cell of a table as a value of a type.
#pragma once

#include "pflow/node.hpp"

namespace pf_formats {

/// Reads a cell into zeroed room: text as it is, numbers, `true` and `false`, durations
/// and literals by their text, composed values as JSON; an empty cell is `none` of an
/// optional. False: it is no value of that type.
bool read_cell(std::string_view cell, const pf_type* type, void* out);

/// What a value is in a cell; `none` is an empty one.
pflow::Text cell_text(const void* value, const pf_type* type);

}  // namespace pf_formats
