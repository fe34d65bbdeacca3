/// Objects that are used again and again, kept for the room that they have.
#pragma once

#include <stdlib.h>

#include <new>

#include "runtime/src/values/row.h"

namespace pflow::rt {

template <typename T>
class Spare {
 public:
  Spare() = default;
  Spare(const Spare&) = delete;
  Spare& operator=(const Spare&) = delete;
  ~Spare() {
    for (T* object : objects_) {
      object->~T();
      free(object);
    }
  }

  /// One as it was given back, or a new one.
  [[nodiscard]] T* take() {
    if (objects_.empty()) return new (allocate(sizeof(T))) T;
    T* object = objects_.last();
    objects_.cut(objects_.size() - 1);
    return object;
  }
  void give_back(T* object) { objects_.add(object); }

 private:
  Row<T*> objects_;
};

}  // namespace pflow::rt
