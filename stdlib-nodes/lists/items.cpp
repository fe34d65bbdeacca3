#include "items.h"

namespace pf_lists {
namespace {

size_t aligned(size_t offset, size_t align) { return (offset + align - 1) / align * align; }

/// Whether a value of `type` holds one of `wanted` other than through a list, map or sum.
class Search {
 public:
  explicit Search(const pf_type* wanted) : wanted_(wanted) {}
  bool holds(const pf_type* type) {
    if (type->kind == PF_OPT) return reaches(type->element);
    for (uint32_t i = 0; type->kind == PF_RECORD && i < type->count; ++i) {
      if (reaches(type->fields[i].type)) return true;
    }
    return false;
  }

 private:
  bool reaches(const pf_type* type) {
    if (type == wanted_) return true;
    for (size_t i = 0; i < count_; ++i) {
      if (seen_[i] == type) return false;
    }
    if (count_ == kMost) return false;
    seen_[count_++] = type;
    return holds(type);
  }
  static constexpr size_t kMost = 256;
  const pf_type* wanted_;
  const pf_type* seen_[kMost];
  size_t count_ = 0;
};

/// Whether `T?` is a list of one or none: T is a record that holds itself.
bool is_boxed(const pf_type* type) { return type->kind == PF_RECORD && Search(type).holds(type); }

}  // namespace

TwoParts::TwoParts(const pf_type& a, const pf_type& b) {
  second = aligned(a.size, b.align);
  size_t align = a.align > b.align ? a.align : b.align;
  type = {};
  type.kind = PF_RECORD;
  type.size = static_cast<uint32_t>(aligned(second + b.size, align));
  type.align = static_cast<uint32_t>(align);
  type.counted = a.counted | b.counted;
}

pf_type list_of(const pf_type* element) {
  pf_type type = {};
  type.kind = PF_LIST;
  type.size = sizeof(pf_list);
  type.align = alignof(pf_list);
  type.counted = 1;
  type.element = element;
  return type;
}

void put_optional(void* out, const void* value, const pf_type* type) {
  pf_retain_value(value, type);
  if (is_boxed(type)) {
    *static_cast<void**>(out) = pf_list_make(value, 1, type);
    return;
  }
  memcpy(out, value, type->size);
  // An optional of an optional is the optional itself.
  if (type->kind != PF_OPT) static_cast<bool*>(out)[type->size] = true;
}

bool check_count(pf_call* call, const char* port, int64_t count, int64_t least) {
  if (count >= least) return true;
  pf_fail(call, PF_E_VALUE, "`%s` is %lld; expected %lld or more", port,
          static_cast<long long>(count), static_cast<long long>(least));
  return false;
}

}  // namespace pf_lists
