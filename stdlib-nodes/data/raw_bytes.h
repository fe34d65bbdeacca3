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
    case PF_INT:
    case PF_FLOAT:
    case PF_BOOL:
    case PF_DURATION:
    case PF_CMD:
    case PF_LIST:
    case PF_OPT:
    case PF_RECORD:
    case PF_SQL:
    case PF_JSON:
    case PF_MAP:
    case PF_STREAM:
    case PF_SUM: break;
  }
  pf_str text;
  pf_to_text(&text, value, type);
  return pflow::Text(text);
}

}  // namespace pf_data
