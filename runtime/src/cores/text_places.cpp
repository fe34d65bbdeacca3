#include "runtime/src/cores/text_places.h"

#include "runtime/src/values/list.h"

// The bounds of the executable, as linkers name them.
extern "C" const char __executable_start[], _end[];  // NOLINT: the names are given

namespace pflow::rt {

bool TextPlaces::find(const pf_type* type, uint32_t offset) {
  switch (tables::facts_of(type->kind).form) {
    case tables::Form::Text: offsets_.add(offset); return true;
    case tables::Form::Opt: return !is_boxed(type) && find(type->element, offset);
    case tables::Form::Record:
      for (uint32_t i = 0; i < type->count; ++i)
        if (!find(type->fields[i].type, offset + type->fields[i].offset)) return false;
      return true;
    case tables::Form::Int:
    case tables::Form::Float:
    case tables::Form::Bool:
    case tables::Form::Tool: return true;
    case tables::Form::List:
    case tables::Form::Map:
    case tables::Form::Sum:
    case tables::Form::Json:
    case tables::Form::Command:
    case tables::Form::Query:
    case tables::Form::Stream: return false;
  }
  return false;
}

bool is_of_program(const pf_str& text) {
  return !text.owner && text.data >= __executable_start && text.data < _end;
}

}  // namespace pflow::rt
