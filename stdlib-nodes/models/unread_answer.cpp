#include "unread_answer.h"

#include <string>

#include "lenient/place.h"
#include "pflow/json.hpp"

namespace pf_models {

bool is_strict(const pf_str& parse) { return pflow::view(parse) == "strict"; }

pf_list take_mended(const lenient::Reading& reading) {
  pflow::TextList made;
  for (const std::string& sentence : reading.mended) made.add(sentence);
  return made.take();
}

pf_status fail_unread(pf_call* call, const lenient::Reading& reading, std::string_view answer) {
  std::string start = reading.kind == PF_E_PARSE ? "the answer is no JSON: " : "";
  pflow::fail(call, reading.kind, start + reading.problem);
  pf_fail_note(call, "the answer is %s", lenient::shown(answer).c_str());
  pflow::JsonObject data;
  data.add("text", pflow::json(pflow::text(answer)));
  pf_fail_data(call, data.take());
  return PF_FAILED;
}

}  // namespace pf_models
