/// The bytes of a value of any type: text and bytes as they are, else its text.
#pragma once

#include "pflow/node.hpp"
#include "pflow/tables/types.h"

namespace pf_data {

inline pflow::Text raw_bytes(const void* value, const pf_type* type) {
  if (pflow::tables::facts_of(type->kind).form == pflow::tables::Form::Text)
    return pflow::Text(pflow::share(*static_cast<const pf_str*>(value)));
  pf_str text;
  pf_to_text(&text, value, type);
  return pflow::Text(text);
}

}  // namespace pf_data
