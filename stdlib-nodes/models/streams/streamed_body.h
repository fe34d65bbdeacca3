/// A stream of an answer, read as it comes: the pieces of its text, and in the end the answer.
#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assembler.h"
#include "event_reader.h"
#include "stdlib-nodes/models/wire_form.h"

namespace pf_models {

class StreamedBody {
 public:
  explicit StreamedBody(const WireForm& wire);

  /// The next bytes of a reply with a status below 300, cut anywhere. What the model says in them
  /// is added to `pieces`, one an event.
  void add(std::string_view bytes, std::vector<std::string>& pieces);
  /// The reply has ended in order.
  void finish(std::vector<std::string>& pieces);

  /// Whether nothing that counts can follow.
  [[nodiscard]] bool complete() const { return failed() || done_ || events_->complete(); }
  /// Whether the answer has said how it ended, so that it stands even if the connection breaks.
  [[nodiscard]] bool ended() const { return complete() || events_->ended(); }
  /// Whether the provider said that it failed, or something that nobody can read.
  [[nodiscard]] bool failed() const { return failed_ || !problem_.empty(); }
  /// What the model has said so far.
  [[nodiscard]] const std::string& text() const { return text_; }

  /// The answer, once; a server may also give one whole body instead of a stream.
  AnswerResult answer();

 private:
  void take(const StreamEvent& event, std::vector<std::string>& pieces);
  void take_value(boost::json::value&& value, std::vector<std::string>& pieces);
  void take_events(std::vector<std::string>& pieces);
  AnswerResult answer_of_whole();

  const WireForm& wire_;
  std::unique_ptr<EventReader> reader_;
  std::unique_ptr<Assembler> events_;
  std::string raw_;  ///< all bytes, until they are known to be a stream
  size_t size_ = 0;
  std::string text_;
  std::string problem_;         ///< why it cannot be read
  boost::json::value failure_;  ///< the body of a failure in mid-stream
  bool failed_ = false;
  bool done_ = false;  ///< `[DONE]` came
  bool finished_ = false;
};

}  // namespace pf_models
