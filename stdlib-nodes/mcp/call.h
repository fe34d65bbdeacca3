/// One call of a node that a tool carries out.
#pragma once

#include <stdint.h>

#include "pflow/abi.h"

namespace pf_mcp {

class Client;

struct Call {
  pf_call* call;
  const pf_foreign* node;
  const void* in;
  void* out;
  Client* client;
  int64_t id;
  bool sent = false;
  bool sent_again = false;  ///< in a further session
  int64_t heard = 0;  ///< on pf_clock: when it was sent, or the server last told of its progress
};

}  // namespace pf_mcp
