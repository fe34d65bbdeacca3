#include "streamed_body.h"

#include <boost/json.hpp>

#include "lines.h"
#include "sse.h"
#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/provider_error.h"
#include "stdlib-nodes/models/surrogates.h"

namespace pf_models {
namespace {

namespace json = boost::json;

constexpr size_t kMost = size_t{1} << 30;
constexpr std::string_view kDone = "[DONE]";

std::unique_ptr<EventReader> reader_of(Framing framing) {
  if (framing == Framing::Lines) return std::make_unique<LineReader>();
  return std::make_unique<SseReader>();
}

/// Whether the event says that the provider failed; it is then the body of that failure.
bool becomes_failure(json::value& event) {
  const json::value* error = member(&event, "error");
  if (error && !error->is_null()) return true;
  if (text_member(&event, "type") != "error") return false;
  event = json::object{{"error", std::move(event)}};
  return true;
}

}  // namespace

StreamedBody::StreamedBody(const WireForm& wire)
    : wire_(wire), reader_(reader_of(wire.framing)), events_(wire.assembler()) {}

void StreamedBody::add(std::string_view bytes, std::vector<std::string>& pieces) {
  if (complete()) return;
  size_ += bytes.size();
  if (size_ > kMost) problem_ = "the answer of the provider is longer than allowed";
  if (!reader_->recognised()) raw_ += bytes;
  reader_->add(bytes);
  take_events(pieces);
}

void StreamedBody::finish(std::vector<std::string>& pieces) {
  finished_ = true;
  if (complete()) return;
  reader_->finish();
  take_events(pieces);
}

void StreamedBody::take_events(std::vector<std::string>& pieces) {
  if (!reader_->recognised()) return;
  raw_ = {};
  StreamEvent event;
  while (!complete() && reader_->next(event)) take(event, pieces);
}

void StreamedBody::take(const StreamEvent& event, std::vector<std::string>& pieces) {
  if (is_blank(event.data)) return;
  if (event.data == kDone) {
    done_ = true;
    return;
  }
  boost::system::error_code error;
  json::value value = json::parse(with_whole_pairs(event.data), error);
  if (error) {
    // The last event may have been cut.
    if (!finished_)
      problem_ = "an event in the answer of the provider is not JSON (" + error.message() +
                 "): " + excerpt(event.data);
    return;
  }
  json::object* object = value.if_object();
  if (object && !event.name.empty() && !object->contains("type")) (*object)["type"] = event.name;
  take_value(std::move(value), pieces);
}

void StreamedBody::take_value(json::value&& value, std::vector<std::string>& pieces) {
  if (becomes_failure(value)) {
    failure_ = std::move(value);
    failed_ = true;
    return;
  }
  std::string said;
  events_->add(std::move(value), said);
  if (said.empty()) return;
  text_ += said;
  pieces.push_back(std::move(said));
}

AnswerResult StreamedBody::answer() {
  if (!problem_.empty()) return AnswerResult::none(PF_E_PARSE, problem_);
  if (!reader_->recognised()) return answer_of_whole();
  if (!ended()) return AnswerResult::none(PF_E_NETWORK, "the answer ended before it was whole");
  json::value body = failed_ ? std::move(failure_) : events_->body();
  return answer_in(wire_, body, json::serialize(body));
}

/// A list holds what would have been events.
AnswerResult StreamedBody::answer_of_whole() {
  std::string_view text = raw_;
  text.remove_prefix(pf_byte_order_mark(text.data(), text.size()));
  if (is_blank(text))
    return AnswerResult::none(PF_E_NETWORK, "the answer ended before it was whole: it is empty");
  size_t valid = pf_utf8_valid_prefix(text.data(), text.size());
  if (valid != text.size()) {
    pf_text_problem problem;
    pf_not_text(&problem, text.data() + valid, text.size() - valid, valid);
    return AnswerResult::none(PF_E_PARSE,
                              std::string("the answer of the provider ") + problem.message);
  }
  boost::system::error_code error;
  json::value parsed = json::parse(with_whole_pairs(text), error);
  if (error || !parsed.is_array()) return read_answer(wire_, 200, text);
  std::vector<std::string> pieces;
  for (json::value& event : parsed.get_array())
    if (!complete()) take_value(std::move(event), pieces);
  json::value body = failed_ ? std::move(failure_) : events_->body();
  return answer_in(wire_, body, json::serialize(body));
}

}  // namespace pf_models
