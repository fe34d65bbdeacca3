// What a program with flows of its own says when it ends.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstddef>

#include "pflow/json.hpp"
#include "pflow/policy.h"
#include "test/unit/runtime/flows.h"
#include "test/unit/runtime/run_program.h"

namespace {

using flows::Act;

/// An `each` over 0, 1, 2 whose number of items is the result.
struct Root {
  pf_frame head;
  flows::EachArguments arguments;
  pf_each_out out;
  int64_t count;
};
pf_policy g_policy;

pf_status resume(pf_frame* frame) {
  auto* root = reinterpret_cast<Root*>(frame);
  pf_status status = frame->call.status;
  if (frame->state == 0) {
    frame->state = 1;
    frame->call.site = &values::kSite;
    frame->call.frame = frame;
    root->arguments.items = values::ints({0, 1, 2});
    status = static_cast<pf_status>(
        pf_each_start(frame, &flows::kFlow, &root->arguments, &g_policy, &root->out));
    if (status == PF_PENDING) return status;
  }
  if (status == PF_FAILED) pf_raise_call(&frame->call);
  root->count = static_cast<int64_t>(values::elements_of<pf_str>(root->out.results.head).size());
  return status;
}
const pf_frame_info kRoot = {.name = "main", .size = sizeof(Root), .resume = resume};
const pf_field kResult[] = {{"result", "result", &values::kInt, 0}};

pf_program program() {
  pf_program made = {};
  made.abi_version = PF_ABI_VERSION;
  made.name = "ends";
  made.results = kResult;
  made.result_count = 1;
  made.results_size = sizeof(int64_t);
  made.loop = &pf_sync_loop;
  made.start = [](const void*) { return pf_frame_new(&kRoot); };
  made.finish = [](pf_frame* root, void* results) {
    *static_cast<int64_t*>(results) = reinterpret_cast<Root*>(root)->count;
  };
  return made;
}

class Ends : public ::testing::Test {
 protected:
  void SetUp() override { g_policy = {}; }
};

TEST_F(Ends, SkippedItemsAreTold) {
  g_policy.skips = true;
  flows::script = [](int64_t item) { return Act{.fails = item == 1 ? "no" : nullptr}; };
  Outcome outcome = run_program(program(), {});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "2\n");
  EXPECT_EQ(outcome.err, "flow.pf:7:1: skipped 1 of 3 items\n  item at index 1 (1): no\n");
  EXPECT_EQ(run_program(program(), {"--quiet"}).err, "");
}

TEST_F(Ends, SkippedItemsStandInTheJson) {
  g_policy.skips = true;
  flows::script = [](int64_t item) { return Act{.fails = item > 0 ? "no" : nullptr}; };
  Outcome outcome = run_program(program(), {"--json"});
  EXPECT_EQ(outcome.out,
            "{\"result\":1,\"skipped\":2,\"reasons\":[\"item at index 1 (1): no\","
            "\"item at index 2 (2): no\"]}\n");
  EXPECT_EQ(outcome.err, "");
}

TEST_F(Ends, WithoutSkippedItemsNothingIsSaid) {
  g_policy.skips = true;
  flows::script = nullptr;
  EXPECT_EQ(run_program(program(), {}).err, "");
  EXPECT_EQ(run_program(program(), {"--json"}).out, "{\"result\":3}\n");
}

pf_status fail_with_data(pf_frame* frame) {
  frame->call.site = &values::kSite;
  pf_policy policy = {.set = PF_P_RETRIES | PF_P_WAIT, .retries = 2};
  static const pf_frame_info kFails = {
      .name = "fails", .size = sizeof(pf_frame), .resume = [](pf_frame* child) {
        child->call.site = &values::kSite;
        pf_fail(&child->call, PF_E_HTTP, "the server says 503");
        pflow::JsonObject data;
        data.add("status", pflow::json(int64_t{503}));
        pf_fail_data(&child->call, data.take());
        pf_raise_call(&child->call);
        return PF_FAILED;
      }};
  auto status = static_cast<pf_status>(pf_try_start(frame, &kFails, nullptr, &policy, nullptr));
  pf_raise_call(&frame->call);
  return status;
}
const pf_frame_info kFailing = {.name = "main", .size = sizeof(pf_frame), .resume = fail_with_data};

pf_program failing_program() {
  pf_program made = program();
  made.start = [](const void*) { return pf_frame_new(&kFailing); };
  return made;
}

TEST_F(Ends, AFailureSaysHowManyTriesThereWere) {
  Outcome outcome = run_program(failing_program(), {});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_NE(outcome.err.find("  = note: the last of 3 tries\n"), std::string::npos) << outcome.err;
}

TEST_F(Ends, AFailureAsJsonHasAttemptAndData) {
  Outcome outcome = run_program(failing_program(), {"--json"});
  EXPECT_NE(outcome.err.find("\"attempt\":3,\"data\":{\"status\":503}}}\n"), std::string::npos)
      << outcome.err;
}

TEST_F(Ends, ASignalCancelsASleepWithoutAnEventLoop) {
  flows::script = [](int64_t) {
    if (write(STDERR_FILENO, "waiting\n", 8) != 8) abort();
    return Act{.seconds = 1000};
  };
  for (auto [signal, code] : {std::pair{SIGINT, 130}, {SIGTERM, 143}}) {
    Outcome outcome = run_program(program(), {}, {.signal_after_output = signal});
    EXPECT_EQ(outcome.exit_code, code);
    EXPECT_EQ(outcome.err, "waiting\n");
  }
}

TEST_F(Ends, ASignalStopsItemsThatDoNotWait) {
  flows::script = [](int64_t item) {
    if (item == 0) raise(SIGTERM);
    if (item == 1 && write(STDERR_FILENO, "another\n", 8) != 8) abort();
    return Act{};
  };
  Outcome outcome = run_program(program(), {});
  EXPECT_EQ(outcome.exit_code, 143);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "");
}

/// Runs test `number` of two, of which the second fails.
[[noreturn]] void run_test(const char* number) {
  const pf_program programs[] = {program(), failing_program()};
  const pf_test tests[] = {{"counts", &programs[0]}, {"fails", &programs[1]}};
  std::string name = "tests", argument = number;
  char* argv[] = {name.data(), argument.data(), nullptr};
  exit(pf_test_main(2, argv, tests, 2));
}

TEST_F(Ends, ATestThatPassesEndsWithZeroInVirtualTime) {
  flows::script = [](int64_t) { return Act{.seconds = 100'000}; };
  EXPECT_EXIT(run_test("0"), testing::ExitedWithCode(0), "");
}

TEST_F(Ends, ATestThatFailsEndsWithOneAndTheError) {
  EXPECT_EXIT(run_test("1"), testing::ExitedWithCode(1), "error\\[PF0906\\]: the server says 503");
}

TEST_F(Ends, ThereIsNoOtherTest) {
  EXPECT_EXIT(run_test("2"), testing::ExitedWithCode(2), "there is no test `2`");
  EXPECT_EXIT(run_test("one"), testing::ExitedWithCode(2), "it has tests 0 to 1");
}

TEST_F(Ends, AnErrorThatIsLongForgottenFailsWithWhatItsRecordHolds) {
  pf_error_value old = {};
  for (int i = 0; i < 100; ++i) {
    pf_str message = values::lit("no");
    pf_raise(&values::kSite, PF_E_HTTP, &message);
    pf_error_value error = {};
    ASSERT_FALSE(pf_error_take(&error));
    if (i == 0)
      old = error;
    else
      pf_str_release(error.message);
  }
  old.attempt = 3;
  pf_error_again(&values::kSite, &old);
  EXPECT_EQ(values::take_failure(), "http: no");
  pf_error_again(&values::kSite, &old);
  pf_error_value again = {};
  ASSERT_FALSE(pf_error_take(&again));
  EXPECT_EQ(again.attempt, 3);
  pf_str_release(again.message);
  pf_str_release(old.message);
}

}  // namespace
