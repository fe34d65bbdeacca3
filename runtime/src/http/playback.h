/// Exchanges that a tape answers: they end from the loop, as all others.
#pragma once

#include "runtime/src/http/exchange.h"

namespace pflow {

/// Sets up the queue; `ended` takes each exchange whose answer has been given.
void start_playback(void (*ended)(HttpExchange* exchange));
/// Gives the answer in the next turn of the loop.
void play_later(HttpExchange* exchange);
/// Takes an exchange out of the queue, if it is in it.
void forget_playback(HttpExchange* exchange);

}  // namespace pflow
