/// Calling async nodes from tests: a root frame that waits for one call.
#pragma once

#include <csignal>

#include "test/unit/nodes/node_call.h"

namespace node_test {

template <typename In, typename Out>
class AsyncRun {
 public:
  using Node = pf_status (*)(pf_call*, const In*, Out*);

  AsyncRun(Node node, In in) {
    std::signal(SIGPIPE, SIG_IGN);  // as pf_main does
    frame_.self = this;
    node_ = node;
    in_ = in;
    frame_.head.info = &kInfo;
    pf_loop.run(&frame_.head);
  }
  /// What a flow would see of the failure.
  pf_error_value error() {
    EXPECT_EQ(status, PF_FAILED);
    pf_error_value taken{};
    pf_raise_call(&frame_.head.call);
    pf_error_take(&taken);
    return taken;
  }
  std::string failure() {
    EXPECT_EQ(status, PF_FAILED);
    return status == PF_FAILED ? node_test::failure(frame_.head.call) : "";
  }

  Out out{};
  pf_status status = PF_PENDING;

 private:
  struct Frame {
    pf_frame head;
    AsyncRun* self;
  };
  static pf_status resume(pf_frame* head) {
    auto* run = reinterpret_cast<Frame*>(head)->self;
    if (head->state == 0) {
      head->state = 1;
      head->call.frame = head;
      run->status = run->node_(&head->call, &run->in_, &run->out);
      if (run->status == PF_PENDING) return PF_PENDING;
    } else {
      run->status = head->call.status;
    }
    return PF_DONE;
  }
  static constexpr pf_frame_info kInfo{"test", sizeof(Frame), 0, nullptr, resume};

  Node node_;
  In in_{};
  Frame frame_{};
};

}  // namespace node_test
