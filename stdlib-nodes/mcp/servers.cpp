// The servers of the program, and which node has which.
#include <stdlib.h>

#include <map>
#include <unordered_map>

#include "client.h"
#include "foreign.h"
#include "pflow/loop.h"

namespace pf_mcp {
namespace {

class Servers {
 public:
  /// Null: `problem` says why the server cannot be reached.
  Client* of(const pf_foreign& node, Start start, Problem* problem) {
    Client*& known = by_node_[&node];
    if (known == nullptr) known = find(node, start, problem);
    return known;
  }

  /// Nothing outlives the program: whoever does not end by itself is ended.
  void end() {
    for (const auto& [key, client] : clients_)
      if (client != nullptr) client->end();
    for (Link* link : Link::all()) link->hold_loop(true);
    while (!Link::all().empty()) uv_run(pf_loop_uv(), UV_RUN_ONCE);
  }

 private:
  Client* find(const pf_foreign& node, Start start, Problem* problem) {
    std::string key(pflow::view(server_name(node)));
    key.append(1, '\0').append(pflow::view(server_text(node))).append(1, '\0').append(node.folder);
    Client*& client = clients_[key];
    if (client != nullptr) return client;
    Settings settings;
    *problem = read_settings(node, &settings);
    if (problem->text.empty()) client = new Client(std::move(settings), start);
    return client;
  }

  std::map<std::string, Client*> clients_;
  std::unordered_map<const pf_foreign*, Client*> by_node_;
};

/// Made at the first call, never destroyed: what is left is ended by `exit`.
Servers& servers() {
  static Servers* made = [] {
    atexit([] { servers().end(); });
    return new Servers;
  }();
  return *made;
}

void cancel(pf_call* call) {
  auto* waiting = static_cast<Call*>(call->state);
  if (waiting != nullptr) waiting->client->cancel(waiting);
}

}  // namespace

std::set<Link*>& Link::all() {
  static auto* links = new std::set<Link*>;
  return *links;
}

pf_status start_call(const pf_foreign* node, pf_call* call, const void* in, void* out,
                     Start start) {
  Problem problem;
  Client* client = servers().of(*node, start, &problem);
  if (client == nullptr) {
    pf_fail(call, PF_E_TOOL, "%s", problem.text.c_str());
    pf_fail_help(call, "%s", problem.help.c_str());
    return PF_FAILED;
  }
  auto* waiting = new Call{call, node, in, out, client, 0};
  call->state = waiting;
  call->cancel = cancel;
  const pf_status status = client->take_call(waiting);
  if (status == PF_PENDING) return status;
  call->state = nullptr;
  delete waiting;
  return status;
}

bool check_settings(const pf_foreign* node) {
  Settings settings;
  const Problem problem = read_settings(*node, &settings);
  if (problem.text.empty()) return true;
  pf_config_error(node->declared, problem.help.empty() ? nullptr : problem.help.c_str(), "%s",
                  problem.text.c_str());
  return false;
}

}  // namespace pf_mcp
