/// An answer as a stream that is pulled while it comes: its text in pieces, or the items of the
/// list that it holds.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "pflow/node.hpp"
#include "recorded_question.h"
#include "streams/list_items.h"
#include "streams/streamed_question.h"

namespace pf_models {

/// What the call says of the answer.
struct StreamWanted {
  const pf_type* item = nullptr;  ///< of the list; null: the text
  int64_t max_tokens = 0;
  bool partial = false;
};

class AnswerStream : public pflow::Stream<AnswerStream, void>, public Listener {
 public:
  explicit AnswerStream(const StreamWanted& wanted) : wanted_(wanted) {}
  ~AnswerStream() override = default;

  /// Asks; once the first item is there or the answer has ended, the stream stands in `out` and the
  /// call is completed. Where it fails before, the call fails, and the stream is gone.
  void start(pf_call* call, StreamedRequest request, RecordedQuestion record, pf_stream** out);
  /// Instead: the whole text, in pieces that are words.
  void say(std::string_view text);

  pf_status next(pf_call* call, void* out);
  void said(std::string piece) override;
  void ended() override;

 private:
  void hold(std::string piece);
  pf_status give(pf_call* call, void* out);
  pf_status give_item(pf_call* call, const std::string& text, void* out);
  pf_status fail_list(pf_call* call) const;
  pf_status finish(pf_call* call);
  pf_status check_list(pf_call* call) const;
  void open();
  void complete(pf_call* call, pf_status status);

  const StreamWanted wanted_;
  RecordedQuestion record_;
  std::unique_ptr<StreamedQuestion> question_;
  std::deque<std::string> ready_;  ///< pieces, or JSON of items
  size_t held_ = 0;                ///< bytes in them
  size_t given_ = 0;               ///< items of the list
  std::optional<ListItems> list_;
  bool ended_ = false;
  bool told_ = false;           ///< the end
  pf_call* opening_ = nullptr;  ///< waits for the stream, which goes to …
  pf_stream** opened_ = nullptr;
  pf_call* pulling_ = nullptr;  ///< waits for the next item, which goes to …
  void* out_ = nullptr;
};

}  // namespace pf_models
