// llm_stream, llm_items: the answer of a model as a stream that is pulled while it comes.
#include <memory>

#include "answer_stream.h"
#include "dialogue.h"
#include "echo.h"
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

/// Asks for the answer as the stream.
pf_status ask(pf_call* call, Asking asking, AnswerStream* stream, pf_stream** out) {
  const pf_models::WireForm& wire = *asking.model.facts->wire;
  auto request = std::make_shared<pf_models::StreamedRequest>(pf_models::StreamedRequest{
      &asking.model.provider(), pf_models::asked_of(asking.model.provider(), asking.model.id),
      &wire, wire.path(asking.request), wire.body(asking.request), asking.key,
      asking.in->first_token.value});
  auto record = std::make_shared<pf_models::RecordedQuestion>();
  pf_models::QuestionFacts facts = pf_models::question_facts(asking, request->body.size());
  return record->begin(call, std::move(facts), [=](pf_status status) {
    if (status == PF_DONE) {
      stream->start(call, std::move(*request), std::move(*record), out);
      return PF_PENDING;
    }
    pflow::destroy(stream);
    return status;
  });
}

/// A stream that says the text, word by word.
pf_stream* saying(std::string_view text, const pf_type* item) {
  pf_stream* made =
      pflow::make_stream<AnswerStream>(item ? item : &pflow::kStr, pf_models::StreamWanted{item});
  static_cast<AnswerStream*>(made)->say(text);
  return made;
}

pf_status begin(pf_call* call, const llm_in& in, const pf_type* item, bool partial,
                pf_stream** out) {
  Asking asking{.in = &in, .out = nullptr};
  asking.streamed = true;
  if (!pf_models::prepare(call, asking)) return PF_FAILED;
  if (!asking.model.facts) {
    const std::string& prompt = asking.request.messages[asking.asked - 1].text;
    *out = saying(item ? pf_models::echo_items(prompt, *in.type_T) : prompt, item);
    return PF_DONE;
  }
  pf_models::StreamWanted wanted = {item, in.max_tokens.has ? in.max_tokens.value : 0, partial};
  pf_stream* made = pflow::make_stream<AnswerStream>(item ? item : &pflow::kStr, wanted);
  auto* stream = static_cast<AnswerStream*>(made);
  return ask(call, std::move(asking), stream, out);
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

pf_status pfn_models_llm_stream_scripted(pf_call*, const llm_stream_scripted_in* in,
                                         llm_stream_out* out) {
  out->pieces = saying(pflow::view(in->answer), nullptr);
  return PF_DONE;
}

pf_status pfn_models_llm_items_scripted(pf_call*, const llm_items_scripted_in* in,
                                        llm_items_out* out) {
  out->items = saying(pflow::view(in->answer), in->call.type_T);
  return PF_DONE;
}
