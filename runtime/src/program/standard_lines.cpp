#include "runtime/src/program/standard_lines.h"

#include <poll.h>
#include <string.h>

#include "pflow/lines.hpp"
#include "runtime/src/running/held_output.h"
#include "runtime/src/running/scheduler.h"

namespace pflow::rt {
namespace {

/// Where something else may happen meanwhile, a line that is not there yet is waited for
/// by the event loop.
class StandardLines : public Stream<StandardLines, pf_str> {
 public:
  StandardLines() : reader_(STDIN_FILENO) {}

  pf_status next(pf_call* call, pf_str* out) {
    if (has_line()) return take(call, out);
    write_held_output();
    const Backend* backend = current_backend();
    if (!backend || !backend->await_input || !call->frame) return take(call, out);
    if (!backend->await_input(&wait_)) return take(call, out);
    waiting_ = call;
    out_ = out;
    call->state = this;
    call->cancel = cancel;
    return PF_PENDING;
  }

 private:
  /// Reads as long as that does not block: whether the next line, or the end, is there.
  bool has_line() {
    while (reader_.must_read()) {
      pollfd input = {STDIN_FILENO, POLLIN, 0};
      if (poll(&input, 1, 0) == 0) return false;
      if (reader_.read_more() != LineReader::Line) return true;
    }
    return true;
  }

  /// The next line, waited for if need be.
  pf_status take(pf_call* call, pf_str* out) {
    switch (reader_.next(out)) {
      case LineReader::Line: return PF_DONE;
      case LineReader::End: return PF_END;
      case LineReader::Unreadable: break;
      case LineReader::NotText:
        return fail_not_text(call, PF_E_PARSE, "standard input", reader_.problem());
    }
    return pf_fail(call, PF_E_IO, "cannot read standard input: %s", strerror(errno));
  }

  static void on_readable(void* state) {
    auto* self = static_cast<StandardLines*>(state);
    if (self->has_line()) self->complete(self->take(self->waiting_, self->out_));
  }
  static void cancel(pf_call* call) {
    auto* self = static_cast<StandardLines*>(call->state);
    self->complete(pf_fail(call, PF_E_CANCELLED, "the flow was cancelled"));
  }
  void complete(pf_status status) {
    current_backend()->leave_input(&wait_);
    pf_complete(waiting_, status);
  }

  LineReader reader_;
  pf_input_wait wait_{on_readable, this, nullptr};
  pf_call* waiting_ = nullptr;
  pf_str* out_ = nullptr;
};

}  // namespace

pf_stream* standard_lines(const pf_type* item) { return make_stream<StandardLines>(item); }

}  // namespace pflow::rt
