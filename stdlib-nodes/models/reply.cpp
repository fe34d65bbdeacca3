#include "reply.h"

#include "pflow/shown_url.hpp"
#include "stdlib-nodes/models/choice/provider.h"

namespace pf_models {

using pflow::HttpResponse;

pf_status fail_transport(pf_call* call, std::string_view begin, const Provider& provider,
                         std::string_view key, const HttpResponse& response) {
  if (response.error_kind == PF_E_CANCELLED)
    return pflow::fail(call, PF_E_CANCELLED, "the question was cancelled");
  std::string where = std::string(begin) + shown_url(provider) + ": ";
  pflow::fail(call, response.error_kind, presentable(where + response.error, key));
  if (response.help) pf_fail_help(call, "%s", response.help);
  if (response.once) pf_fail_once(call);
  return PF_FAILED;
}

pf_status fail_answer(pf_call* call, const std::string& who, const AnswerResult& result,
                      std::string_view key) {
  pflow::fail(call, result.kind, who + presentable(result.problem, key));
  if (result.once) pf_fail_once(call);
  return PF_FAILED;
}

void note_status(pf_call* call, const Provider& provider, const HttpResponse& response) {
  if (const pf_str* wait = pflow::http_header(response, "retry-after"))
    pf_fail_help(call, "the provider asks to wait: Retry-After is %s", pflow::CText(*wait).c_str());
  pf_fail_status(call, response.status, pflow::http_retry_after(response));
  if (response.status >= 400) return;
  pf_fail_once(call);
  const pf_str* location = pflow::http_header(response, "location");
  if (!location) return;
  pflow::ShownUrl shown = pflow::shown_url(pflow::view(*location));
  pf_fail_help(call, "it redirects to `%.*s%.*s`; set %s to where the provider is",
               static_cast<int>(shown.scheme.size()), shown.scheme.data(),
               static_cast<int>(shown.rest.size()), shown.rest.data(), where_set(provider).c_str());
}

}  // namespace pf_models
