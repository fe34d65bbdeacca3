/// The bytes of a value of any type: text and bytes as they are, else its text.
#pragma once

#include "pflow/node.hpp"

namespace pf_data {

inline pflow::Text raw_bytes(const void* value, const pf_type* type) {
  switch (type->kind) {
    case PF_STR:
    case PF_BYTES:
    case PF_PATH:
    case PF_URL:
    case PF_UNION:
    case PF_SECRET: return pflow::Text(pflow::share(*static_cast<const pf_str*>(value)));
    default: break;
  }
  pf_str text;
  pf_to_text(&text, value, type);
  return pflow::Text(text);
}

}  // namespace pf_data
