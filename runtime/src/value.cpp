// What holds for values of any type, by their descriptors.
#include <string.h>

#include "pflow/abi.h"
#include "runtime/src/list.h"
#include "runtime/src/report.h"

using pflow::rt::list_at;

namespace {

const pf_list_head* list_of(const void* value) { return *static_cast<pf_list_head* const*>(value); }

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
  pflow::rt::check_stack();
  size_t a_len = a ? a->len : 0, b_len = b ? b->len : 0;
  for (size_t i = 0; i < a_len && i < b_len; ++i) {
    int32_t result = pf_value_compare(list_at(a, i, element), list_at(b, i, element), element);
    if (result != 0) return result;
  }
  return order(a_len, b_len);
}

int32_t compare_optionals(const void* a, const void* b, const pf_type* element) {
  bool a_has = pflow::rt::optional_has(a, element), b_has = pflow::rt::optional_has(b, element);
  return a_has && b_has ? pf_value_compare(a, b, element) : order<int>(a_has, b_has);
}

bool lists_equal(const pf_list_head* a, const pf_list_head* b, const pf_type* element) {
  pflow::rt::check_stack();
  size_t a_len = a ? a->len : 0, b_len = b ? b->len : 0;
  if (a_len != b_len) return false;
  for (size_t i = 0; i < a_len; ++i)
    if (!pf_value_equal(list_at(a, i, element), list_at(b, i, element), element)) return false;
  return true;
}

bool commands_equal(const pf_cmd* a, const pf_cmd* b) {
  return pf_str_equal(&a->script, &b->script) &&
         lists_equal(a->args.head, b->args.head, &pflow::rt::kTextType);
}

}  // namespace

void pf_retain_value(const void* value, const pf_type* type) {
  if (!type->counted) return;
  switch (type->kind) {
    case PF_LIST:
      if (auto* head = *static_cast<pf_list_head* const*>(value)) ++head->count;
      return;
    case PF_OPT:
      if (pflow::rt::optional_has(value, type->element)) pf_retain_value(value, type->element);
      return;
    case PF_RECORD:
      for (uint32_t i = 0; i < type->count; ++i)
        pf_retain_value(member(value, type->fields[i]), type->fields[i].type);
      return;
    case PF_CMD: {
      const auto* command = static_cast<const pf_cmd*>(value);
      pf_str_retain(command->script);
      if (command->args.head) ++command->args.head->count;
      return;
    }
    default: pf_str_retain(*static_cast<const pf_str*>(value));
  }
}

void pf_drop_value(void* value, const pf_type* type) {
  if (!type->counted) return;
  switch (type->kind) {
    case PF_LIST:
      pflow::rt::list_release(*static_cast<pf_list_head**>(value), type->element);
      return;
    case PF_OPT:
      if (pflow::rt::optional_has(value, type->element)) pf_drop_value(value, type->element);
      return;
    case PF_RECORD:
      for (uint32_t i = 0; i < type->count; ++i)
        pf_drop_value(static_cast<char*>(value) + type->fields[i].offset, type->fields[i].type);
      return;
    case PF_CMD: {
      auto* command = static_cast<pf_cmd*>(value);
      pf_str_release(command->script);
      pflow::rt::list_release(command->args.head, &pflow::rt::kTextType);
      return;
    }
    default: pf_str_release(*static_cast<pf_str*>(value));
  }
}

bool pf_value_equal(const void* a, const void* b, const pf_type* type) {
  switch (type->kind) {
    case PF_INT:
    case PF_DURATION: return *static_cast<const int64_t*>(a) == *static_cast<const int64_t*>(b);
    case PF_FLOAT: return *static_cast<const double*>(a) == *static_cast<const double*>(b);
    case PF_BOOL: return *static_cast<const bool*>(a) == *static_cast<const bool*>(b);
    case PF_LIST: return lists_equal(list_of(a), list_of(b), type->element);
    case PF_OPT: {
      bool has = pflow::rt::optional_has(a, type->element);
      if (has != pflow::rt::optional_has(b, type->element)) return false;
      return !has || pf_value_equal(a, b, type->element);
    }
    case PF_RECORD:
      for (uint32_t i = 0; i < type->count; ++i) {
        const pf_field& field = type->fields[i];
        if (!pf_value_equal(member(a, field), member(b, field), field.type)) return false;
      }
      return true;
    case PF_CMD:
      return commands_equal(static_cast<const pf_cmd*>(a), static_cast<const pf_cmd*>(b));
    default: return pf_str_equal(static_cast<const pf_str*>(a), static_cast<const pf_str*>(b));
  }
}

int32_t pf_value_compare(const void* a, const void* b, const pf_type* type) {
  switch (type->kind) {
    case PF_INT:
    case PF_DURATION:
      return order(*static_cast<const int64_t*>(a), *static_cast<const int64_t*>(b));
    case PF_FLOAT:
      return order_floats(*static_cast<const double*>(a), *static_cast<const double*>(b));
    case PF_BOOL: return order<int>(*static_cast<const bool*>(a), *static_cast<const bool*>(b));
    case PF_LIST: return compare_lists(list_of(a), list_of(b), type->element);
    case PF_OPT: return compare_optionals(a, b, type->element);
    case PF_RECORD:
      for (uint32_t i = 0; i < type->count; ++i) {
        const pf_field& field = type->fields[i];
        int32_t result = pf_value_compare(member(a, field), member(b, field), field.type);
        if (result != 0) return result;
      }
      return 0;
    case PF_CMD:
      return commands_equal(static_cast<const pf_cmd*>(a), static_cast<const pf_cmd*>(b)) ? 0 : -1;
    default: return pf_str_compare(static_cast<const pf_str*>(a), static_cast<const pf_str*>(b));
  }
}
