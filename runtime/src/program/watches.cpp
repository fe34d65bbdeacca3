#include "runtime/src/program/watches.h"

#include <stdlib.h>
#include <string.h>

#include <new>

#include "pflow/watch.h"
#include "runtime/src/program/builtin_options.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

constexpr uint32_t kMost = 16;
const char* g_values[kMost];
Buffer* g_repeated[kMost];  ///< values of options that were given several times

/// By its place among those of the program; their number: it is none of them.
uint32_t find(const pf_program& program, const char* option) {
  uint32_t i = 0;
  while (i < program.watch_count && strcmp(program.watches[i]->option, option) != 0) ++i;
  return i;
}

const char* value_of(const pf_program& program, uint32_t i) {
  if (g_values[i]) return g_values[i];
  Buffer name;
  add_variable_name(name, program.watches[i]->option);
  const char* value = getenv(name.c_str());
  return value && *value ? value : nullptr;
}

}  // namespace

bool has_watch(const pf_program& program, const char* option) {
  return find(program, option) < program.watch_count;
}

void set_watch(const pf_program& program, const char* option, const char* value) {
  const uint32_t i = find(program, option);
  if (!program.watches[i]->repeats || !g_values[i]) {
    g_values[i] = value;
    return;
  }
  Buffer*& all = g_repeated[i];  // for the rest of the program
  if (!all) {
    all = new (allocate(sizeof(Buffer))) Buffer;
    all->add(g_values[i]);
  }
  all->add('\n');
  all->add(value);
  g_values[i] = all->c_str();
}

bool fill_by_watches(const pf_program& program, void* params, bool* set) {
  for (uint32_t i = 0; i < program.watch_count; ++i) {
    auto* fill = program.watches[i]->fill;
    if (fill && !fill(value_of(program, i), &program, params, set)) return false;
  }
  return true;
}

namespace {

bool watches_many(const char* option) {
  for (const char* many : {"progress", "trace", "otlp"})
    if (strcmp(option, many) == 0) return true;
  return false;
}

}  // namespace

const char* watch_of_one_run(const pf_program& program) {
  for (uint32_t i = 0; i < program.watch_count; ++i)
    if (g_values[i] && !watches_many(program.watches[i]->option)) return program.watches[i]->option;
  return nullptr;
}

bool begin_watches_of_server(const pf_program& program) {
  for (uint32_t i = 0; i < program.watch_count; ++i) {
    const pf_watch& watch = *program.watches[i];
    if (watches_many(watch.option) && !watch.begin(value_of(program, i), &program, nullptr))
      return false;
  }
  return true;
}

bool begin_watches(const pf_program& program, const void* params) {
  for (uint32_t i = 0; i < program.watch_count; ++i)
    if (!program.watches[i]->begin(value_of(program, i), &program, params)) return false;
  return true;
}

}  // namespace pflow::rt
