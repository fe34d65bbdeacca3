// Hand-made frames, as code generation lays them out, over fake async nodes.
#include "pflow/loop.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstddef>

#include "test/unit/runtime/run_program.h"
#include "test/unit/runtime/values.h"

namespace {

struct Sleep {
  uv_timer_t timer;
  pf_call* call;
};

void complete(uv_timer_t* timer) {
  auto* sleep = static_cast<Sleep*>(timer->data);
  uv_close(reinterpret_cast<uv_handle_t*>(timer), [](uv_handle_t* handle) {
    auto* closed = static_cast<Sleep*>(handle->data);
    pf_call* call = closed->call;
    delete closed;
    pf_complete(call, PF_DONE);
  });
  sleep->timer.data = sleep;
}

/// A node that completes after `ms`; cancelled, it says so and completes at once.
pf_status sleep_node(pf_call* call, uint64_t ms) {
  auto* sleep = new Sleep{};
  sleep->call = call;
  uv_timer_init(pf_loop_uv(), &sleep->timer);
  sleep->timer.data = sleep;
  uv_timer_start(&sleep->timer, complete, ms, 0);
  call->state = sleep;
  call->cancel = [](pf_call* cancelled) {
    if (write(STDERR_FILENO, "closing\n", 8) != 8) abort();
    complete(&static_cast<Sleep*>(cancelled->state)->timer);
  };
  return PF_PENDING;
}

pf_status failing_node(pf_call* call) {
  auto* timer = new uv_timer_t;
  uv_timer_init(pf_loop_uv(), timer);
  timer->data = call;
  uv_timer_start(
      timer,
      [](uv_timer_t* fired) {
        auto* waiting = static_cast<pf_call*>(fired->data);
        uv_close(reinterpret_cast<uv_handle_t*>(fired),
                 [](uv_handle_t* handle) { delete reinterpret_cast<uv_timer_t*>(handle); });
        pf_fail(waiting, PF_E_NETWORK, "the line is dead");
        pf_complete(waiting, PF_FAILED);
      },
      0, 0);
  return PF_PENDING;
}

struct Frame {
  pf_frame head;
  pf_str text;  ///< its result
  int64_t depth;
};
const pf_frame_slot kSlots[] = {{&values::kStr, offsetof(Frame, text)}};

Frame* of(pf_frame* frame) { return reinterpret_cast<Frame*>(frame); }

void begin_call(pf_frame* frame) {
  frame->call = {};
  frame->call.site = &values::kSite;
  frame->call.frame = frame;
}

/// The failure of the pending call becomes that of the flow.
pf_status pass_on_failure(pf_frame* frame) {
  pf_raise_call(&frame->call);
  return PF_FAILED;
}

pf_status resume_leaf(pf_frame* frame) {
  if (frame->state == 0) {
    begin_call(frame);
    frame->state = 1;
    return sleep_node(&frame->call, 1);
  }
  if (frame->call.status == PF_FAILED) return pass_on_failure(frame);
  of(frame)->text = values::owned("leaf");
  return PF_DONE;
}
pf_status resume_waiting_leaf(pf_frame* frame) {
  if (frame->state == 0) {
    begin_call(frame);
    frame->state = 1;
    if (write(STDERR_FILENO, "waiting\n", 8) != 8) abort();
    return sleep_node(&frame->call, 60'000);
  }
  return frame->call.status == PF_FAILED ? pass_on_failure(frame) : PF_DONE;
}
pf_status resume_failing_leaf(pf_frame* frame) {
  if (frame->state == 0) {
    begin_call(frame);
    frame->state = 1;
    return failing_node(&frame->call);
  }
  return frame->call.status == PF_FAILED ? pass_on_failure(frame) : PF_DONE;
}

constexpr pf_frame_info info_of(pf_status (*resume)(pf_frame*)) {
  return {"flow", sizeof(Frame), 1, kSlots, resume};
}
const pf_frame_info kLeaf = info_of(resume_leaf);
const pf_frame_info kWaitingLeaf = info_of(resume_waiting_leaf);
const pf_frame_info kFailingLeaf = info_of(resume_failing_leaf);

const pf_frame_info* g_leaf;

/// Calls itself `depth` times, then the leaf; adds a letter to what comes back.
pf_status resume_nest(pf_frame* frame);
const pf_frame_info kNest = info_of(resume_nest);
pf_status resume_nest(pf_frame* frame) {
  pf_status status = frame->call.status;
  if (frame->state == 0) {
    begin_call(frame);
    pf_frame* child = pf_frame_new(of(frame)->depth == 0 ? g_leaf : &kNest);
    of(child)->depth = of(frame)->depth - 1;
    frame->state = 1;
    frame->call.state = child;
    status = static_cast<pf_status>(pf_frame_start(child, frame));
    if (status == PF_PENDING) return status;
  }
  auto* child = static_cast<pf_frame*>(frame->call.state);
  if (status == PF_FAILED) {
    pf_raise_call(&frame->call);
    pf_frame_free(child);
    return PF_FAILED;
  }
  pf_str more = values::lit("+");
  pf_str_append(&of(frame)->text, &of(child)->text, &more);
  of(child)->text = {};
  pf_frame_free(child);
  return PF_DONE;
}

const pf_field kResult[] = {{"result", "result", &values::kStr, 0}};
int64_t g_depth;

Outcome run_nest(const pf_frame_info& leaf, int64_t depth, const RunOptions& options = {}) {
  g_leaf = &leaf;
  g_depth = depth;
  pf_program program = {};
  program.abi_version = PF_ABI_VERSION;
  program.name = "nest";
  program.results = kResult;
  program.result_count = 1;
  program.results_size = sizeof(pf_str);
  program.loop = &pf_loop;
  program.start = [](const void*) {
    pf_frame* root = pf_frame_new(&kNest);
    of(root)->depth = g_depth;
    return root;
  };
  program.finish = [](pf_frame* root, void* results) {
    *static_cast<pf_str*>(results) = of(root)->text;
    of(root)->text = {};
  };
  return run_program(program, {}, options);
}

TEST(Loop, ResumesUpTheChainOfParents) {
  Outcome outcome = run_nest(kLeaf, 2);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "leaf+++\n");
  EXPECT_EQ(outcome.err, "");
}

TEST(Loop, AFailureReachesTheRoot) {
  Outcome outcome = run_nest(kFailingLeaf, 3);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err.substr(0, 48), "error[PF0905]: the line is dead\n --> flow.pf:7:1");
}

TEST(Loop, DepthIsLimited) {
  EXPECT_EQ(run_nest(kLeaf, 900).exit_code, 0);
  Outcome outcome = run_nest(kLeaf, 1500);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err.substr(0, 61),
            "error[PF0915]: flows call each other more than 1000 deep\n -->");
}

TEST(Loop, SignalsCancelWhatIsPending) {
  for (auto [signal, code] : {std::pair{SIGHUP, 129}, {SIGINT, 130}, {SIGTERM, 143}}) {
    Outcome outcome = run_nest(kWaitingLeaf, 2, {.signal_after_output = signal});
    EXPECT_EQ(outcome.exit_code, code);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "waiting\nclosing\n");
  }
}

/// Sleeps for ten hours on a timer of the runtime.
pf_status resume_long_sleep(pf_frame* frame) {
  static pf_timer timer;
  if (frame->state != 0) return PF_DONE;
  begin_call(frame);
  frame->state = 1;
  static pf_call* call;
  call = &frame->call;
  pf_timer_start(&timer, int64_t{36'000} * 1'000'000'000,
                 [](pf_timer*) { pf_complete(call, PF_DONE); });
  return PF_PENDING;
}
const pf_frame_info kLongSleep = info_of(resume_long_sleep);

TEST(Loop, InVirtualTimeNothingIsSleptThrough) {
  setenv("PFLOW_VIRTUAL_TIME", "1", 1);
  Outcome outcome = run_nest(kLongSleep, 1);
  // What a node waits for still happens in its own time.
  Outcome with_node = run_nest(kLeaf, 1);
  unsetenv("PFLOW_VIRTUAL_TIME");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(with_node.out, "leaf++\n");
}

TEST(Loop, ATimerFiresInRealTime) {
  static pf_timer timer;
  timer = {};
  static pf_call* call;
  static const pf_frame_info kShort = info_of([](pf_frame* frame) {
    if (frame->state != 0) return PF_DONE;
    begin_call(frame);
    frame->state = 1;
    call = &frame->call;
    pf_timer_start(&timer, 1'000'000, [](pf_timer*) { pf_complete(call, PF_DONE); });
    return PF_PENDING;
  });
  EXPECT_EQ(run_nest(kShort, 1).exit_code, 0);
}

TEST(Loop, WhatALoopTimerHasCompletedDoesNotWaitForTheNextEvent) {
  static uv_timer_t due, late;
  static const pf_frame_info kDue = info_of([](pf_frame* frame) {
    if (frame->state != 0) return PF_DONE;
    begin_call(frame);
    frame->state = 1;
    uv_timer_init(pf_loop_uv(), &due);
    uv_timer_init(pf_loop_uv(), &late);
    due.data = &frame->call;
    auto complete_at_once = [](uv_timer_t* timer) {
      pf_complete(static_cast<pf_call*>(timer->data), PF_DONE);
    };
    uv_timer_start(&due, complete_at_once, 0, 0);
    uv_timer_start(
        &late, [](uv_timer_t*) { EXPECT_EQ(write(STDERR_FILENO, "late\n", 5), 5); }, 2000, 0);
    return PF_PENDING;
  });
  Outcome outcome = run_nest(kDue, 1);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "");
}

pf_status resume_stuck(pf_frame* frame) {
  begin_call(frame);
  return PF_PENDING;
}
const pf_frame_info kStuck = info_of(resume_stuck);

TEST(Loop, ALostCompletionIsAnErrorNotAHang) {
  Outcome outcome = run_nest(kStuck, 1);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err.substr(0, 22), "error[PF0916]: this st");
}

pf_status resume_stubborn(pf_frame* frame) {
  if (frame->state == 0) {
    begin_call(frame);
    frame->state = 1;
    if (write(STDERR_FILENO, "waiting\n", 8) != 8) abort();
    pf_status pending = sleep_node(&frame->call, 60'000);
    frame->call.cancel = [](pf_call*) { raise(SIGTERM); };
    return pending;
  }
  return PF_DONE;
}
const pf_frame_info kStubborn = info_of(resume_stubborn);

TEST(Loop, ASecondSignalEndsAtOnceAndRemovesTemporaryFiles) {
  char path[] = "/tmp/pflow-loop-test-XXXXXX";
  int fd = mkstemp(path);
  ASSERT_GE(fd, 0);
  close(fd);
  int handle = pf_temp_file_add(path);
  Outcome outcome = run_nest(kStubborn, 0, {.signal_after_output = SIGINT});
  EXPECT_EQ(outcome.exit_code, 128 + SIGTERM);
  EXPECT_NE(access(path, F_OK), 0);
  pf_temp_file_done(handle);
  unlink(path);
}

pf_status resume_endless(pf_frame*) {
  if (write(STDERR_FILENO, "busy\n", 5) != 5) abort();
  for (;;) pause();
}
const pf_frame_info kEndless = info_of(resume_endless);

TEST(Loop, AStretchThatNeverComesBackIsEndedToo) {
  Outcome outcome = run_nest(kEndless, 0, {.signal_after_output = SIGTERM});
  EXPECT_EQ(outcome.exit_code, 143);
}

TEST(Frames, AreReusedZeroed) {
  pf_frame* first = pf_frame_new(&kLeaf);
  of(first)->text = values::owned("released with the frame");
  of(first)->depth = 9;
  pf_frame_free(first);
  pf_frame* second = pf_frame_new(&kNest);
  EXPECT_EQ(second, first);
  EXPECT_EQ(of(second)->depth, 0);
  EXPECT_EQ(of(second)->text.len, 0u);
  EXPECT_EQ(second->info, &kNest);
  pf_frame_free(second);
}

}  // namespace
