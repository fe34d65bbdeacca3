#include "runtime/src/values/memory.h"

#include <stdlib.h>
#include <unistd.h>

#include "runtime/src/cleanup/temp_files.h"

// crtbegin.o, which defines it elsewhere, is not linked into compiled flows.
extern "C" {
__attribute__((weak, visibility("hidden"))) void* __dso_handle = nullptr;
}

namespace pflow::rt {
namespace {

[[noreturn]] void out_of_memory() {
  static constexpr char kMessage[] = "error[PF0916]: out of memory\n";
  [[maybe_unused]] ssize_t written = write(STDERR_FILENO, kMessage, sizeof kMessage - 1);
  remove_temp_files();
  _exit(1);
}

}  // namespace

void* allocate(size_t bytes) {
  void* block = malloc(bytes);
  if (!block) out_of_memory();
  return block;
}

void* allocate_zeroed(size_t bytes) {
  void* block = calloc(1, bytes);
  if (!block) out_of_memory();
  return block;
}

void* reallocate(void* block, size_t bytes) {
  block = realloc(block, bytes);
  if (!block) out_of_memory();
  return block;
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
