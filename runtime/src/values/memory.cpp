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

void text_detach(pf_str& text) {
  constexpr size_t kLarge = size_t{128} * 1024, kShare = 16;
  if (!text.owner || text.owner->capacity < kLarge || text.len > text.owner->capacity / kShare)
    return;
  const pf_str copy = pf_str_copy(text.data, text.len);
  pf_str_release(text);
  text = copy;
}

}  // namespace pflow::rt

void pf_owner_free(void* owner) { free(owner); }

void pf_out_of_memory(void) {
  static constexpr char kMessage[] = "error[PF0916]: out of memory\n";
  pflow::rt::write_all(STDERR_FILENO, kMessage, sizeof kMessage - 1);
  pflow::rt::exit_now(1);
}
