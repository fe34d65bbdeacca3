/// One call of a node that a process carries out.
#pragma once

#include <stdint.h>

#include <string>
#include <string_view>
#include <vector>

#include "pflow/abi.h"

namespace pf_exec {

struct Answer;
class Process;

struct Call {
  pf_call* call;
  const pf_foreign* node;
  const void* in;
  void* out;
  Process* process = nullptr;
  int64_t id = 0;
  bool sent = false;
};

/// The line that asks for it, with its end.
std::string request_line(const Call& call);

/// Ends a call with what its process answered; `line` is the answer's. The call is gone.
void complete(Call* call, Answer& answer, std::string_view line, const std::string& command);

/// Ends a call whose failure is set. The call is gone.
void complete_failed(Call* call);

/// Fails the call: its process DID, as "ended with exit code 1 before it answered".
pf_status fail_by_process(pf_call* call, const pf_foreign& node, const std::string& command,
                          const std::string& did, const std::string& help);

/// Fails the call as the process says that it carries out others only.
pf_status fail_unknown_node(pf_call* call, const pf_foreign& node, const std::string& command,
                            const std::vector<std::string>& known);

}  // namespace pf_exec
