/// How an exchange with a provider has ended, as failures tell it.
#pragma once

#include <string>
#include <string_view>

#include "pflow/http.hpp"
#include "stdlib-nodes/models/answer.h"

namespace pf_models {

struct Provider;

/// There is no reply: `begin`, where it was asked, and why. `key` is not shown.
pf_status fail_transport(pf_call* call, std::string_view begin, const Provider& provider,
                         std::string_view key, const pflow::HttpResponse& response);

/// There is a reply and no answer in it; `who` was asked.
pf_status fail_answer(pf_call* call, const std::string& who, const AnswerResult& result,
                      std::string_view key);

/// What a reply to a question that failed says to the retries of its stage, and to who reads the
/// error.
void note_status(pf_call* call, const Provider& provider, const pflow::HttpResponse& response);

}  // namespace pf_models
