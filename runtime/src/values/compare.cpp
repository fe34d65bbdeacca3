// Equality of values of any type, and the order of those that have one.
#include "pflow/abi.h"
#include "runtime/src/failures/stack_limit.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/map.h"

using namespace pflow::rt;
using pflow::tables::facts_of;
using pflow::tables::Form;

namespace {

const void* member(const void* value, const pf_field& field) {
  return static_cast<const char*>(value) + field.offset;
}

template <typename T>
int32_t order(T a, T b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

/// NaN stands behind every number, so that sorts stay total.
int32_t order_floats(double a, double b) {
  bool a_nan = a != a, b_nan = b != b;
  return a_nan || b_nan ? order<int>(a_nan, b_nan) : order(a, b);
}

int32_t compare_lists(const pf_list_head* a, const pf_list_head* b, const pf_type* element) {
  check_stack();
  size_t a_len = list_len(a), b_len = list_len(b);
  for (size_t i = 0; i < a_len && i < b_len; ++i) {
    int32_t result = pf_value_compare(list_at(a, i, element), list_at(b, i, element), element);
    if (result != 0) return result;
  }
  return order(a_len, b_len);
}

int32_t compare_optionals(const void* a, const void* b, const pf_type* type) {
  bool a_has = optional_has(a, type), b_has = optional_has(b, type);
  if (!a_has || !b_has) return order<int>(a_has, b_has);
  return pf_value_compare(optional_value(a, type), optional_value(b, type), type->element);
}

bool lists_equal(const pf_list_head* a, const pf_list_head* b, const pf_type* element) {
  check_stack();
  if (a == b) return true;
  size_t len = list_len(a);
  if (len != list_len(b)) return false;
  for (size_t i = 0; i < len; ++i)
    if (!pf_value_equal(list_at(a, i, element), list_at(b, i, element), element)) return false;
  return true;
}

/// The order of the entries does not count.
bool maps_equal(pf_list_head* a, pf_list_head* b, const pf_type* map) {
  check_stack();
  if (a == b) return true;
  size_t len = list_len(a);
  if (len != list_len(b)) return false;
  for (size_t i = 0; i < len; ++i) {
    void* entry = list_at(a, i, map->element);
    const void* other = pf_map_find(b, map_key(entry), map);
    if (!other || !pf_value_equal(map_value(entry, map), other, map_value_type(map))) return false;
  }
  return true;
}

bool optionals_equal(const void* a, const void* b, const pf_type* type) {
  bool has = optional_has(a, type);
  if (has != optional_has(b, type)) return false;
  if (!has) return true;
  check_stack();
  return pf_value_equal(optional_value(a, type), optional_value(b, type), type->element);
}

/// Numbers are equal by value: 1 is 1.0.
bool json_equal(const pf_json& a, const pf_json& b) {
  auto is_number = [](const pf_json& json) {
    return json.kind == PF_JSON_INT || json.kind == PF_JSON_FLOAT;
  };
  auto number = [](const pf_json& json) {
    return json.kind == PF_JSON_INT ? static_cast<double>(json.integer) : json.number;
  };
  if (a.kind != b.kind) return is_number(a) && is_number(b) && number(a) == number(b);
  switch (static_cast<pf_json_kind>(a.kind)) {
    case PF_JSON_BOOL: return a.boolean == b.boolean;
    case PF_JSON_INT: return a.integer == b.integer;
    case PF_JSON_FLOAT: return a.number == b.number;
    case PF_JSON_STR: return pf_str_equal(&a.text, &b.text);
    case PF_JSON_ARRAY: return lists_equal(a.list.head, b.list.head, &kJsonType);
    case PF_JSON_OBJECT: return maps_equal(a.list.head, b.list.head, &kJsonObjectType);
    case PF_JSON_NULL: return true;
  }
}

bool sums_equal(const pf_sum& a, const pf_sum& b, const pf_type* type) {
  return a.variant == b.variant && lists_equal(a.box.head, b.box.head, variant_type(a, type));
}

bool bound_equal(const pf_cmd& a, const pf_cmd& b, const pf_type* argument) {
  return pf_str_equal(&a.script, &b.script) && lists_equal(a.args.head, b.args.head, argument);
}

template <typename T>
const T& as(const void* value) {
  return *static_cast<const T*>(value);
}

}  // namespace

bool pf_value_equal(const void* a, const void* b, const pf_type* type) {
  switch (facts_of(type->kind).form) {
    case Form::Int: return as<int64_t>(a) == as<int64_t>(b);
    case Form::Float: return as<double>(a) == as<double>(b);
    case Form::Bool: return as<bool>(a) == as<bool>(b);
    case Form::List: return lists_equal(list_of(a), list_of(b), type->element);
    case Form::Map: return maps_equal(list_of(a), list_of(b), type);
    case Form::Opt: return optionals_equal(a, b, type);
    case Form::Record:
      for (uint32_t i = 0; i < type->count; ++i) {
        const pf_field& field = type->fields[i];
        if (!pf_value_equal(member(a, field), member(b, field), field.type)) return false;
      }
      return true;
    case Form::Sum: return sums_equal(as<pf_sum>(a), as<pf_sum>(b), type);
    case Form::Json: return json_equal(as<pf_json>(a), as<pf_json>(b));
    case Form::Command:
    case Form::Query: return bound_equal(as<pf_cmd>(a), as<pf_cmd>(b), bound_type(type));
    case Form::Stream:
    case Form::Tool: return as<void*>(a) == as<void*>(b);
    case Form::Text: return pf_str_equal(&as<pf_str>(a), &as<pf_str>(b));
  }
}

int32_t pf_value_compare(const void* a, const void* b, const pf_type* type) {
  switch (facts_of(type->kind).form) {
    case Form::Int: return order(as<int64_t>(a), as<int64_t>(b));
    case Form::Float: return order_floats(as<double>(a), as<double>(b));
    case Form::Bool: return order<int>(as<bool>(a), as<bool>(b));
    case Form::List: return compare_lists(list_of(a), list_of(b), type->element);
    case Form::Opt: return compare_optionals(a, b, type);
    case Form::Record:
      for (uint32_t i = 0; i < type->count; ++i) {
        const pf_field& field = type->fields[i];
        int32_t result = pf_value_compare(member(a, field), member(b, field), field.type);
        if (result != 0) return result;
      }
      return 0;
    case Form::Map:
    case Form::Sum:
    case Form::Json:
    case Form::Command:
    case Form::Query:
    case Form::Stream:
    case Form::Tool: return pf_value_equal(a, b, type) ? 0 : -1;  // has no order
    case Form::Text: return pf_str_compare(&as<pf_str>(a), &as<pf_str>(b));
  }
}
