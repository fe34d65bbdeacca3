#include "pieces.h"

#include <stdlib.h>

namespace pf_text {
namespace {

constexpr pf_type kStr = {PF_STR, sizeof(pf_str), alignof(pf_str), 1,      "str", nullptr,
                          0,      nullptr,        nullptr,         nullptr};

}  // namespace

Pieces::~Pieces() { free(items_); }

void Pieces::grow() {
  capacity_ = capacity_ == 0 ? 32 : capacity_ * 2;
  items_ = static_cast<pf_str*>(realloc(items_, capacity_ * sizeof(pf_str)));
  if (!items_) pf_out_of_memory();
}

pf_list Pieces::take() {
  if (count_ == 0) return {};
  void* head = pf_list_make(items_, static_cast<int64_t>(count_), &kStr);
  count_ = 0;
  return {static_cast<pf_list_head*>(head)};
}

}  // namespace pf_text
