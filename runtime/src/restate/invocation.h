/// One invocation of a flow by a Restate server, as far as one attempt goes: a stream on which its
/// journal comes in, then what the server learns, and on which commands go out.
#pragma once

#include <string>

#include "pflow/timer.h"
#include "runtime/src/restate/awakeables.h"
#include "runtime/src/restate/frames.h"
#include "runtime/src/restate/journal.h"
#include "runtime/src/serve/calls.h"
#include "runtime/src/serve/http_responder.h"

namespace pflow::restate {

class Invocation final : public serve::Exchange, public serve::Caller, public Journal {
 public:
  /// Deletes itself once both the stream and the call are over. `protocol`: its version.
  Invocation(serve::HttpResponder& responder, const pf_served& flow, int protocol);

  void received(std::string_view piece) override;
  void request_ended() override;
  void left() override;
  void drains() override;

  void done(const pf_frame& run) override;
  void failed(const rt::Failure& failure) override;
  bool take(std::string_view item) override;

  // ---- for its steps

  [[nodiscard]] Awakeables& awakeables() override { return awakeables_; }
  void send(const std::string& message) override;
  void step_runs(bool runs) override;
  void give_up(uint32_t code, std::string_view message, std::string_view command) override;

 private:
  struct Within;  ///< a call from outside, after which it may be gone
  void take_frame(const Frame& frame);
  void take_known(const Frame& frame);
  void take_news(const Frame& frame);
  bool take_notification(const Frame& frame);
  void begin();
  void end_with(const std::string& messages);
  void end_stream();
  void look_soon(int64_t wait = 0);
  void suspend_if_idle();
  [[nodiscard]] bool is_over() const { return !responder_ && has_ended_; }

  serve::HttpResponder* responder_;  ///< null: the stream has ended
  const pf_served& flow_;
  const int protocol_;
  serve::FlowCall* call_ = nullptr;
  FrameReader frames_;
  std::string input_;
  Awakeables awakeables_;
  std::string items_ = "[";  ///< of a stream that the flow gives
  uint32_t known_ = 0;       ///< entries that have come
  int running_ = 0;          ///< steps
  int depth_ = 0;            ///< calls from outside
  bool has_start_ = false;
  bool has_begun_ = false;
  bool has_ended_ = true;      ///< the call, or there is none
  bool is_cancelled_ = false;  ///< by who uses the server
  bool is_to_end_ = false;     ///< rather than to wait
  struct Look {
    pf_timer timer{};
    Invocation* invocation;
  } look_{};
};

}  // namespace pflow::restate
