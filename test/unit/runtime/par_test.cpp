// `par`.
#include <gtest/gtest.h>

#include "test/unit/runtime/flows.h"

namespace {

using flows::Act;
using Texts = std::vector<std::string>;

struct Block {
  flows::Arguments branches[3];
};
const pf_branch kBranches[] = {{&flows::kFlow, 0, 0},
                               {&flows::kFlow, sizeof(flows::Arguments), sizeof(pf_str)},
                               {&flows::kFlow, 2 * sizeof(flows::Arguments), 2 * sizeof(pf_str)}};
const Block kArguments = {{{0, values::lit("a")}, {1, values::lit("b")}, {2, values::lit("c")}}};

struct Par {
  flows::Ended ended;
  Texts results;
};

int32_t start(pf_frame* frame, pf_str* out) {
  return pf_par_start(frame, kBranches, 3, &kArguments, out);
}

Par run_par() {
  pf_str out[3] = {};
  Par par;
  par.ended = flows::run([&](pf_frame* frame) { return start(frame, out); });
  for (pf_str& text : out) par.results.push_back(values::take(text));
  return par;
}

TEST(Par, RunsAllBranchesAtOnce) {
  flows::script = [](int64_t item) { return Act{.seconds = 3 - item}; };
  Par par = run_par();
  EXPECT_FALSE(par.ended.failed);
  EXPECT_EQ(par.ended.seconds, 3);
  EXPECT_EQ(par.results, (Texts{"a0", "b1", "c2"}));
}

TEST(Par, BranchesThatDoNotWaitEndAtOnce) {
  flows::script = nullptr;
  EXPECT_EQ(run_par().results, (Texts{"a0", "b1", "c2"}));
}

TEST(Par, TheFirstFailureInTimeWins) {
  flows::script = [](int64_t item) {
    return Act{.seconds = 3 - item, .fails = item == 1 ? "second" : item == 0 ? "first" : nullptr};
  };
  Par par = run_par();
  EXPECT_EQ(par.ended.failure, "network: second");
  EXPECT_EQ(par.ended.seconds, 2);
  EXPECT_EQ(par.results, (Texts{"", "", ""}));
  EXPECT_EQ(flows::log, (Texts{"start 0", "start 1", "start 2", "end 2", "cancel 0"}));
}

TEST(Par, AfterAFailureNoBranchStarts) {
  flows::script = [](int64_t item) {
    return Act{.seconds = item == 0 ? 5 : 0, .fails = item == 1 ? "no" : nullptr};
  };
  EXPECT_EQ(run_par().ended.failure, "network: no");
  EXPECT_EQ(flows::log, (Texts{"start 0", "start 1", "cancel 0"}));
}

TEST(Par, CancelledItCancelsItsBranches) {
  flows::script = [](int64_t item) { return Act{.seconds = 1 + item * 10}; };
  pf_str out[3] = {};
  flows::Ended ended = flows::run_cancelled([&](pf_frame* frame) { return start(frame, out); }, 4);
  EXPECT_EQ(ended.failure, "cancelled: the flow was cancelled");
  EXPECT_EQ(flows::log, (Texts{"start 0", "start 1", "start 2", "end 0", "cancel 1", "cancel 2"}));
}

}  // namespace
