// llm_stream, llm_items: the answer of a model as a stream that is pulled while it comes.
#include "answer_stream.h"
#include "dialogue.h"
#include "models.pf.hpp"
#include "question.h"
#include "schema.h"

namespace {

using pf_models::AnswerStream;
using pf_models::Asking;

/// What the three nodes that ask a model have in common, as `llm` takes it.
template <typename In>
llm_in as_llm(const In& in, const pf_type* type) {
  llm_in made{};
  made.type_T = type;
  made.prompt = in.prompt;
  made.input = in.input;
  made.system = in.system;
  made.messages = in.messages;
  made.attachments = in.attachments;
  made.model = in.model;
  made.temperature = in.temperature;
  made.options = in.options;
  made.max_tokens = in.max_tokens;
  made.first_token = in.first_token;
  return made;
}

pf_status begin(pf_call* call, const llm_in& in, const pf_type* item, bool partial,
                pf_stream** out) {
  Asking asking{.in = &in, .out = nullptr};
  asking.streamed = true;
  if (!pf_models::prepare(call, asking)) return PF_FAILED;
  pf_models::StreamWanted wanted = {item, in.max_tokens.has ? in.max_tokens.value : 0, partial};
  pf_stream* made = pflow::make_stream<AnswerStream>(item ? item : &pflow::kStr, wanted);
  auto* stream = static_cast<AnswerStream*>(made);
  if (!asking.model.facts) {
    stream->say(asking.request.messages.back().text);
    *out = made;
    return PF_DONE;
  }
  const pf_models::WireForm& wire = *asking.model.facts->wire;
  stream->start(
      call,
      {&asking.model.provider(), pf_models::asked_of(asking.model.provider(), asking.model.id),
       &wire, wire.path(asking.request), wire.body(asking.request), asking.key,
       in.first_token.value},
      out);
  return PF_PENDING;
}

}  // namespace

pf_status pfn_models_llm_stream(pf_call* call, const llm_stream_in* in, llm_stream_out* out) {
  return begin(call, as_llm(*in, &pflow::kStr), nullptr, in->partial, &out->pieces);
}

pf_status pfn_models_llm_items(pf_call* call, const llm_items_in* in, llm_items_out* out) {
  const pf_type list = {PF_LIST, sizeof(pf_list), alignof(pf_list), 1,      "list", in->type_T,
                        0,       nullptr,         nullptr,          nullptr};
  return begin(call, as_llm(*in, &list), in->type_T, false, &out->items);
}
