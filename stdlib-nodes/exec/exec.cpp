// `by exec(…)`: what the nodes of a program call that other programs carry out.
#include <fcntl.h>
#include <unistd.h>

#include "call.h"
#include "pflow/node.hpp"
#include "pflow/sha256.hpp"
#include "pool.h"

using namespace pf_exec;

namespace {

void cancel(pf_call* call) {
  auto* waiting = static_cast<Call*>(call->state);
  if (waiting != nullptr) waiting->process->cancel(waiting);
}

/// The SHA-256 of a file; empty when it cannot be read.
std::string hash_of(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {};
  pflow::Sha256 hash;
  char buffer[16384];
  int64_t count;
  while ((count = pf_read(descriptor, buffer, sizeof(buffer))) > 0)
    hash.add({buffer, static_cast<size_t>(count)});
  close(descriptor);
  char hex[65];
  hash.finish(hex);
  return hex;
}

}  // namespace

extern "C" {

pf_status pf_by_exec(const pf_foreign* node, pf_call* call, const void* in, void* out) {
  CommandProblem problem;
  Pool* pool = Pool::of(*node, &problem);
  if (pool == nullptr) {
    pf_fail(call, PF_E_TOOL, "%s", problem.text.c_str());
    pf_fail_help(call, "%s", problem.help.c_str());
    return PF_FAILED;
  }
  std::string why;
  Process* process = pool->choose(&why);
  if (process == nullptr)
    return fail_by_process(call, *node, pool->command().shown, "cannot be started: " + why, "");
  if (process->refuses(call, *node)) return PF_FAILED;
  auto* waiting = new Call{call, node, in, out};
  call->state = waiting;
  call->cancel = cancel;
  process->take(waiting);
  return PF_PENDING;
}

bool pf_by_exec_preflight(const pf_foreign* node, const pf_site* const*, size_t) {
  Command command;
  const CommandProblem problem = find_command(*node, &command);
  if (problem.text.empty()) return true;
  pf_config_error(node->declared, problem.help.c_str(), "%s", problem.text.c_str());
  return false;
}

/// What it runs decides what it gives.
void pf_by_exec_settings(const pf_foreign* node, pf_settings* to, const pf_site* const*, size_t) {
  Command command;
  if (!find_command(*node, &command).text.empty()) return;
  for (const std::string& path : command.files) {
    const std::string name = "file `" + path.substr(path.find_last_of('/') + 1) + '`';
    pf_setting_add(to, name.c_str(), hash_of(path).c_str());
  }
}

}  // extern "C"
