#include "runtime/src/values/memory.h"

#include <stdlib.h>
#include <unistd.h>

#include "runtime/src/cleanup/temp_files.h"
#include "runtime/src/descriptors/descriptors.h"

// crtbegin.o, which defines it elsewhere, is not linked into compiled flows.
extern "C" {
__attribute__((weak, visibility("hidden"))) void* __dso_handle =
    nullptr;  // NOLINT: the name is given
}

namespace pflow::rt {

void* allocate(size_t bytes) {
  void* block = malloc(bytes);
  if (!block) pf_out_of_memory();
  return block;
}

void* allocate_zeroed(size_t bytes) {
  void* block = calloc(1, bytes);
  if (!block) pf_out_of_memory();
  return block;
}

void* reallocate(void* block, size_t bytes) {
  void* moved = realloc(block, bytes);
  if (!moved) pf_out_of_memory();
  return moved;
}

pf_owner* owner_new(size_t capacity) {
  auto* owner = static_cast<pf_owner*>(allocate(sizeof(pf_owner) + capacity));
  owner->count = 1;
  owner->capacity = capacity;
  return owner;
}

pf_owner* owner_grow(pf_owner* owner, size_t capacity) {
  owner = static_cast<pf_owner*>(reallocate(owner, sizeof(pf_owner) + capacity));
  owner->capacity = capacity;
  return owner;
}

}  // namespace pflow::rt

void pf_owner_free(void* owner) { free(owner); }

void pf_out_of_memory(void) {
  static constexpr char kMessage[] = "error[PF0916]: out of memory\n";
  pflow::rt::write_all(STDERR_FILENO, kMessage, sizeof kMessage - 1);
  pflow::rt::exit_now(1);
}
