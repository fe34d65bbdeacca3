#include "runtime/src/running/timers.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <algorithm>

#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

constexpr int64_t kStartOf2026 = 1'767'225'600;

/// A binary heap; places count from 1.
pf_timer** g_heap;
size_t g_count, g_capacity;
uint64_t g_order;

enum class Mode : unsigned char { Unknown, Real, Virtual };
Mode g_mode;
int64_t g_virtual_now;

int64_t read_clock(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * kSecond + time.tv_nsec;
}

bool earlier(const pf_timer* a, const pf_timer* b) {
  return a->when != b->when ? a->when < b->when : a->order < b->order;
}

void put(pf_timer* timer, size_t place) {
  g_heap[place - 1] = timer;
  timer->place = place;
}

void move_up(pf_timer* timer, size_t place) {
  while (place > 1 && earlier(timer, g_heap[place / 2 - 1])) {
    put(g_heap[place / 2 - 1], place);
    place /= 2;
  }
  put(timer, place);
}

void move_down(pf_timer* timer, size_t place) {
  for (size_t child = 2 * place; child <= g_count; child = 2 * place) {
    if (child < g_count && earlier(g_heap[child], g_heap[child - 1])) ++child;
    if (!earlier(g_heap[child - 1], timer)) break;
    put(g_heap[child - 1], place);
    place = child;
  }
  put(timer, place);
}

void make_room() {
  if (g_count < g_capacity) return;
  g_capacity = g_capacity == 0 ? 16 : g_capacity * 2;
  g_heap = static_cast<pf_timer**>(reallocate(g_heap, g_capacity * sizeof(pf_timer*)));
}

}  // namespace

void use_virtual_time() { g_mode = Mode::Virtual; }

bool time_is_virtual() {
  if (g_mode == Mode::Unknown) {
    const char* set = getenv("PFLOW_VIRTUAL_TIME");
    g_mode = set && strcmp(set, "1") == 0 ? Mode::Virtual : Mode::Real;
  }
  return g_mode == Mode::Virtual;
}

void pass_time(int64_t nanoseconds) {
  g_virtual_now += g_count == 0 ? nanoseconds : std::min(nanoseconds, until_next_timer());
}

const pf_timer* next_timer() { return g_count == 0 ? nullptr : g_heap[0]; }

int64_t until_next_timer() { return std::max<int64_t>(g_heap[0]->when - pf_clock(), 0); }

bool fire_timers() {
  if (g_count == 0) return false;
  int64_t now = pf_clock();
  uint64_t started = g_order;
  bool any = false;
  // What a timer starts has to wait for the next round, however short its time is.
  while (g_count > 0 && g_heap[0]->when <= now && g_heap[0]->order < started) {
    pf_timer* due = g_heap[0];
    pf_timer_stop(due);
    due->fired(due);
    any = true;
  }
  return any;
}

}  // namespace pflow::rt

using namespace pflow::rt;

void pf_timer_start(pf_timer* timer, int64_t nanoseconds, void (*fired)(pf_timer*)) {
  pf_timer_stop(timer);
  make_room();
  timer->fired = fired;
  if (__builtin_add_overflow(pf_clock(), std::max<int64_t>(nanoseconds, 0), &timer->when))
    timer->when = INT64_MAX;
  timer->order = g_order++;
  move_up(timer, ++g_count);
}

void pf_timer_stop(pf_timer* timer) {
  if (timer->place == 0) return;
  size_t place = timer->place;
  timer->place = 0;
  pf_timer* last = g_heap[--g_count];
  if (last == timer) return;
  if (place > 1 && earlier(last, g_heap[place / 2 - 1]))
    move_up(last, place);
  else
    move_down(last, place);
}

int64_t pf_clock(void) { return time_is_virtual() ? g_virtual_now : read_clock(CLOCK_MONOTONIC); }

int64_t pf_wall_clock(void) {
  return time_is_virtual() ? kStartOf2026 * kSecond + g_virtual_now : read_clock(CLOCK_REALTIME);
}
