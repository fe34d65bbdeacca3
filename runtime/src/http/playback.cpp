#include "runtime/src/http/playback.h"

#include "pflow/loop.h"

namespace pflow {
namespace {

struct Queue {
  HttpExchange* first;
  HttpExchange** end;  ///< where the next one goes
  uv_timer_t turn;
  void (*ended)(HttpExchange*);
};
Queue g_queue;

HttpExchange* take_first() {
  HttpExchange* exchange = g_queue.first;
  g_queue.first = exchange->next_played;
  if (!g_queue.first) g_queue.end = &g_queue.first;
  exchange->next_played = nullptr;
  return exchange;
}

/// Those that are there now: what they start gets the next turn.
void play_all(uv_timer_t*) {
  HttpExchange** last = g_queue.end;
  while (g_queue.first) {
    bool is_last = &g_queue.first->next_played == last;
    HttpExchange* exchange = take_first();
    if (exchange->play()) g_queue.ended(exchange);
    if (is_last) break;
  }
  if (g_queue.first) uv_timer_start(&g_queue.turn, play_all, 0, 0);
}

}  // namespace

void start_playback(void (*ended)(HttpExchange* exchange)) {
  g_queue.end = &g_queue.first;
  g_queue.ended = ended;
  uv_timer_init(pf_loop_uv(), &g_queue.turn);
}

void play_later(HttpExchange* exchange) {
  *g_queue.end = exchange;
  g_queue.end = &exchange->next_played;
  uv_timer_start(&g_queue.turn, play_all, 0, 0);
}

void forget_playback(HttpExchange* exchange) {
  for (HttpExchange** at = &g_queue.first; *at; at = &(*at)->next_played) {
    if (*at != exchange) continue;
    *at = exchange->next_played;
    if (!*at) g_queue.end = at;
    return;
  }
}

}  // namespace pflow
