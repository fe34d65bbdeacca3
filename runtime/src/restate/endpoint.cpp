// pf_restate: what programs name that a Restate server may call, and what its addresses mean.
#include <string>

#include "pflow/serve.h"
#include "runtime/src/restate/invocation.h"
#include "runtime/src/restate/manifest.h"
#include "runtime/src/restate/steps.h"
#include "runtime/src/serve/flows.h"
#include "runtime/src/serve/http_front.h"
#include "runtime/src/serve/http_refusals.h"
#include "runtime/src/serve/server.h"
#include "runtime/src/serve/settings.h"

namespace pflow::restate {
namespace {

using serve::HttpIn;
using serve::HttpResponder;

constexpr std::string_view kInvoke = "/invoke/";
constexpr const char* kProgram = "pflow/" PFLOW_VERSION;

/// The newest version of the manifest that both know; 0: there is none.
int manifest_version(const HttpIn& request) {
  const std::string_view accepted = request.header("accept").value_or("");
  for (int version = 4; version >= 2; --version)
    if (accepted.find("endpointmanifest.v" + std::to_string(version)) != accepted.npos)
      return version;
  return 0;
}

void answer_discovery(HttpResponder& responder, const pf_program& program) {
  const int version = manifest_version(responder.request());
  if (version == 0)
    return serve::respond_refusal(responder, 415, "the manifest is there in its versions 2 to 4");
  const std::string type =
      "application/vnd.restate.endpointmanifest.v" + std::to_string(version) + "+json";
  responder.respond(
      {.type = type, .body = manifest(program), .headers = {{"x-restate-server", kProgram}}});
}

/// The version of the protocol; 0: it is none that is spoken here.
int protocol_of(const HttpIn& request) {
  constexpr std::string_view kType = "application/vnd.restate.invocation.v";
  const std::string_view type = request.header("content-type").value_or("");
  for (int version = kOldestProtocol; version <= kNewestProtocol; ++version)
    if (type == std::string(kType) + std::to_string(version)) return version;
  return 0;
}

/// `SERVICE/HANDLER`.
const pf_served* handler_of(const pf_program& program, std::string_view path) {
  const size_t slash = path.find('/');
  if (slash == path.npos || path.substr(0, slash) != service_name(program)) return nullptr;
  return serve::find_flow(program, path.substr(slash + 1));
}

void answer_invocation(HttpResponder& responder, const pf_program& program) {
  const HttpIn& request = responder.request();
  if (request.method != "POST") return serve::respond_wrong_method(responder, "POST");
  const std::string_view path = request.path().substr(kInvoke.size());
  const pf_served* flow = handler_of(program, path);
  if (!flow)
    return serve::respond_refusal(responder, 404,
                                  "there is no handler `" + std::string(path) + "`");
  const int protocol = protocol_of(request);
  if (protocol == 0)
    return serve::respond_refusal(responder, 415,
                                  "the service protocol is spoken in its versions 5 to 7");
  if (!responder.gives_pieces())
    return serve::respond_refusal(responder, 505,
                                  "invocations take HTTP/2: register without `use_http_11`");
  if (serve::is_draining() || serve::calls_in_flight() >= serve::settings().calls)
    return serve::respond_refusal(responder, 503, "too much is under way, or the endpoint ends",
                                  {{"Retry-After", "1"}});
  const std::string type(*request.header("content-type"));
  responder.set_exchange(new Invocation(responder, *flow, protocol));
  responder.begin({.type = type, .headers = {{"x-restate-server", kProgram}}});
}

void answer(HttpResponder& responder, const pf_program& program, const serve::HttpGuard& guard) {
  const std::string_view path = responder.request().path();
  const bool is_health = path == "/health";
  if (auto refusal = guard.refuses(responder.request(), !is_health))
    return responder.respond(*refusal);
  if (path.starts_with(kInvoke)) return answer_invocation(responder, program);
  if (path == "/discover") return answer_discovery(responder, program);
  if (is_health) return responder.respond({.body = R"({"status":"ok"})"});
  serve::respond_refusal(responder, 404,
                         "there is `/discover`, `/invoke/SERVICE/HANDLER` and `/health`");
}

bool wants_pieces(const HttpIn& request) { return request.path().starts_with(kInvoke); }

constexpr serve::HttpSite kSite = {"restate", answer, wants_pieces};

Journal* journal_of(pf_frame* frame) {
  const serve::FlowCall* call = serve::call_of(frame);
  // All calls are of invocations.
  return call ? static_cast<Invocation*>(serve::caller_of(*call)) : nullptr;
}

int run_restate(const pf_program* program, const char* address) {
  listen_to_steps(journal_of);
  host_awakeables();
  return serve::run_http(kSite, *program, address);
}

}  // namespace
}  // namespace pflow::restate

const pf_server pf_restate = {pf_serve.run_mcp, pf_serve.run_http, pflow::restate::run_restate};
