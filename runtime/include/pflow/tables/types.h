/// What compiler and executables both know of the types whose values exist at run time.
#pragma once

#include <stdint.h>

namespace pflow::tables {

/// How a value lies in memory; the structs are those of abi.h.
enum class Form : uint8_t {
  Text,     ///< pf_str
  Int,      ///< int64_t
  Float,    ///< double
  Bool,     ///< bool
  Command,  ///< pf_cmd: text, and a list of texts
  Query,    ///< pf_sql: text, and a list of JSON values
  Json,     ///< pf_json
  List,     ///< pf_list
  Map,      ///< pf_list of entries
  Stream,   ///< pf_stream*
  Opt,      ///< the value and whether there is one
  Record,   ///< the fields
  Sum,      ///< pf_sum
  Tool,     ///< const pf_tool*
};
/// Whether a value of this form itself may own counted memory.
constexpr bool is_counted(Form form) {
  return form != Form::Int && form != Form::Float && form != Form::Bool && form != Form::Tool;
}

enum Trait : uint8_t {
  Number = 1,     ///< has arithmetic
  Ordered = 2,    ///< has an order
  Shown = 4,      ///< may stand in a text
  Plain = 8,      ///< its text is the value itself
  Hidden = 16,    ///< its text is `***`
  Jsonable = 32,  ///< may become JSON
  Bound = 64,     ///< made of a template whose values are bound
  Quoted = 128,   ///< a string in JSON
};

struct TypeFacts {
  const char* word;  ///< null: made of others, or declared
  Form form;
  uint8_t traits;  ///< of Trait
};

/// By pf_kind.
inline constexpr TypeFacts kTypes[] = {
#define PF_TYPE(Name, NAME, member, word, form, traits) {#word, Form::form, traits},
#define PF_MADE_TYPE(Name, NAME, form, traits) {nullptr, Form::form, traits},
#include "runtime/include/pflow/tables/types.def"
};

constexpr const TypeFacts& facts_of(uint32_t kind) { return kTypes[kind]; }
constexpr bool has_trait(uint32_t kind, Trait trait) { return (kTypes[kind].traits & trait) != 0; }

}  // namespace pflow::tables
