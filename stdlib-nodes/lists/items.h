/// Items of any type, by its descriptor.
#pragma once

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "pflow/abi.h"

namespace pf_lists {

/// The items of a borrowed list.
class Items {
 public:
  Items(const pf_list& list, const pf_type* type) : head_(list.head), type_(type) {}
  [[nodiscard]] size_t size() const { return head_ ? head_->len : 0; }
  const void* operator[](size_t index) const {
    return reinterpret_cast<const char*>(head_ + 1) + index * type_->size;
  }
  [[nodiscard]] const pf_type* type() const { return type_; }

 private:
  const pf_list_head* head_;
  const pf_type* type_;
};

/// A list under construction; it is to be taken.
class NewList {
 public:
  explicit NewList(const pf_type* type) : type_(type) {}
  /// Adds a value that is handed over.
  void add(const void* value) { head_ = pf_list_push(head_, value, type_); }
  /// Adds one more reference to a value.
  void add_shared(const void* value) {
    pf_retain_value(value, type_);
    add(value);
  }
  [[nodiscard]] pf_list take() const { return {static_cast<pf_list_head*>(head_)}; }

 private:
  const pf_type* type_;
  void* head_ = nullptr;
};

/// Room for one value of a type that is known at run time.
class Room {
 public:
  explicit Room(size_t size) : bytes_(size <= sizeof(small_) ? small_ : allocate(size)) {
    memset(bytes_, 0, size);
  }
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  ~Room() {
    if (bytes_ != small_) free(bytes_);
  }
  [[nodiscard]] char* at(size_t offset) const { return bytes_ + offset; }

 private:
  static char* allocate(size_t size) {
    void* bytes = malloc(size);
    if (!bytes) pf_out_of_memory();
    return static_cast<char*>(bytes);
  }
  alignas(16) char small_[256];
  char* bytes_;
};

/// Where the parts of a record of two values lie, and what holds it.
struct TwoParts {
  TwoParts(const pf_type& first, const pf_type& second);
  size_t second;  ///< offset
  pf_type type;   ///< as far as lists need it: no fields
};

/// The type of a list of `element`, as far as lists need it.
pf_type list_of(const pf_type* element);

/// Fills a `T?` with one more reference to a `T`.
void put_optional(void* out, const void* value, const pf_type* type);

/// Fails the call unless a count is at least `least`.
bool check_count(pf_call* call, const char* port, int64_t count, int64_t least);

}  // namespace pf_lists
