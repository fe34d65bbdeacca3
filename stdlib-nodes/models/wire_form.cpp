#include "wire_form.h"

#include <boost/json.hpp>

#include "json_members.h"
#include "provider_error.h"
#include "surrogates.h"

namespace pf_models {

AnswerResult answer_in(const WireForm& wire, const boost::json::value& body,
                       std::string_view text) {
  const boost::json::value* failure = member(&body, "error");
  if (failure && !failure->is_null())
    return AnswerResult::none(PF_E_MODEL,
                              "the provider answered with an error: " + said_by(&body, text));
  return wire.answer(body, text);
}

AnswerResult read_answer(const WireForm& wire, int status, std::string_view body) {
  std::string text = with_whole_pairs(body);
  boost::system::error_code error;
  // The tree dies here: it needs no memory of its own for each part.
  unsigned char room[4096];
  boost::json::monotonic_resource memory(room, sizeof room);
  boost::json::value parsed = boost::json::parse(text, error, &memory);
  if (status < 200 || status >= 300) return failed_request(status, error ? nullptr : &parsed, text);
  if (is_blank(text)) return AnswerResult::none(PF_E_PARSE, "the answer of the provider is empty");
  if (error)
    return AnswerResult::none(PF_E_PARSE, "the answer of the provider is not JSON (" +
                                              error.message() + "): " + excerpt(text));
  return answer_in(wire, parsed, text);
}

}  // namespace pf_models
