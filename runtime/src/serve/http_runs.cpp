#include "runtime/src/serve/http_runs.h"

#include "pflow/percent.hpp"
#include "runtime/src/serve/http_refusals.h"
#include "runtime/src/serve/served_run.h"

namespace pflow::serve {
namespace {

void answer_state(HttpResponder& responder, ServedRun& run) {
  const std::string& method = responder.request().method;
  if (method == "DELETE") {
    run.cancel();
    return responder.respond({.status = 204});
  }
  if (method != "GET" && method != "HEAD")
    return respond_wrong_method(responder, "GET, HEAD, DELETE");
  responder.respond({.body = run.json()});
}

void answer_given(HttpResponder& responder, ServedRun& run, std::string_view name) {
  if (responder.request().method != "POST") return respond_wrong_method(responder, "POST");
  if (run.is_over()) return respond_refusal(responder, 409, "the run is over");
  const std::string problem = run.give(name, responder.request().body);
  if (!problem.empty()) return respond_refusal(responder, 400, problem);
  responder.respond({.status = 202, .body = run.json()});
}

}  // namespace

void answer_run(HttpResponder& responder, std::string_view path) {
  const size_t slash = path.find('/');
  ServedRun* run = ServedRun::find(path.substr(0, slash));
  if (!run)
    return respond_refusal(responder, 404,
                           "there is no such run: it was never there, or is over for long");
  if (slash == std::string_view::npos) return answer_state(responder, *run);
  std::string name;
  percent_decode(path.substr(slash + 1), [&](char byte) { name += byte; });
  answer_given(responder, *run, name);
}

}  // namespace pflow::serve
