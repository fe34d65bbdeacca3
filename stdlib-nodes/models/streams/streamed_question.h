/// One question to a provider over HTTP whose answer is heard while it comes.
#pragma once

#include <optional>
#include <string>

#include "kept_response.h"
#include "pflow/timer.h"
#include "stdlib-nodes/models/choice/provider.h"
#include "streamed_body.h"

namespace pf_models {

/// Who hears an answer.
class Listener {
 public:
  Listener() = default;
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  virtual ~Listener() = default;
  /// The next piece of the text; never empty.
  virtual void said(std::string piece) = 0;
  /// Nothing comes any more; the question may be destroyed in it.
  virtual void ended() = 0;
};

/// What is asked of whom.
struct StreamedRequest {
  const Provider* provider;
  std::string who;  ///< of `asked_of`
  const WireForm* wire;
  std::string path;
  std::string body;
  std::string key;          ///< not to be shown
  int64_t first_token = 0;  ///< nanoseconds up to the first piece of text; 0: no bound
};

/// As programs write it: `1m30s`.
std::string shown_duration(int64_t nanoseconds);

class StreamedQuestion {
 public:
  /// Asks; `listener` outlives it, and hears nothing before this returns.
  StreamedQuestion(StreamedRequest request, Listener& listener);
  StreamedQuestion(const StreamedQuestion&) = delete;
  StreamedQuestion& operator=(const StreamedQuestion&) = delete;
  /// Drops what is still on its way.
  ~StreamedQuestion();

  /// Lets the provider wait.
  void pause();
  void resume();
  /// Ends it; the listener hears that before this returns.
  void cancel();

  /// Once it has ended: the answer; null when there is none.
  [[nodiscard]] const Answer* answer() const { return result_.answer ? &*result_.answer : nullptr; }
  /// Whether something of its text has come.
  [[nodiscard]] bool begun() const { return !body_.text().empty(); }
  /// Once it has ended without one: fails the call with why.
  pf_status fail(pf_call* call) const;

 private:
  struct Timer {
    pf_timer timer;  ///< first
    StreamedQuestion* owner;
  };
  enum class Late : unsigned char { No, First, Silent };

  static bool begin(void* user, const pflow::HttpResponse& head);
  static bool take(void* user, const char* data, size_t len);
  static void done(void* user, const pflow::HttpResponse& response);
  static void fired(pf_timer* timer);
  static constexpr pflow::HttpSink kSink = {begin, take};

  bool hear(std::string_view bytes);
  void tell(std::vector<std::string>& pieces);
  void end(const pflow::HttpResponse& response);
  void wait();
  [[nodiscard]] AnswerResult result_of(const pflow::HttpResponse& response);
  void tell_rest();
  [[nodiscard]] std::string lateness() const;

  const StreamedRequest request_;
  Listener* listener_;
  StreamedBody body_;
  pflow::HttpExchange* exchange_ = nullptr;
  Timer timer_{};
  bool paused_ = false;
  Late late_ = Late::No;
  std::optional<KeptResponse> response_;
  AnswerResult result_;
};

}  // namespace pf_models
