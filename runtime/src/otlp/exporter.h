/// Sends spans to a collector, beside the run.
#pragma once

#include "pflow/timer.h"
#include "runtime/src/otlp/settings.h"

namespace pflow::otlp {

class Exporter {
 public:
  explicit Exporter(Settings& settings) : settings_(settings) {}

  /// A span, one JSON object. Many go out at once, when no others are on their way.
  void add(rt::Buffer& span);
  /// Sends the rest, for two seconds at most; the loop of the run has ended. What was lost is said
  /// on standard error.
  void finish();

 private:
  struct Finish;
  /// The wait before another try.
  struct Again {
    pf_timer timer;
    Exporter* exporter;
  };

  void send();
  void post();
  void take_answer(const HttpResponse& response);
  void lose(size_t spans, const char* why);
  void go_on();
  void wait_for_rest();
  void tell_lost();

  Settings& settings_;
  rt::Buffer spans_;    ///< that wait, with commas between
  size_t count_ = 0;    ///< of these
  rt::Buffer body_;     ///< of the post that is on its way
  size_t sent_ = 0;     ///< spans in it
  int tries_ = 0;       ///< of that post
  size_t lost_ = 0;     ///< spans
  rt::Buffer problem_;  ///< why the last of them
  HttpExchange* post_ = nullptr;
  Again again_ = {{}, this};
  Finish* finish_ = nullptr;  ///< the frame that waits for the rest
};

}  // namespace pflow::otlp
