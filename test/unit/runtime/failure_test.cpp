#include <gtest/gtest.h>

#include "test/unit/runtime/values.h"

namespace {

TEST(CallFailure, WaitsInItsCallUntilRaised) {
  pf_call call = {};
  call.site = &values::kSite;
  EXPECT_EQ(pf_fail(&call, PF_E_IO, "cannot read `%s`", "x"), PF_FAILED);
  pf_fail_help(&call, "try `%s`", "y");
  EXPECT_EQ(values::take_failure(), "none");
  pf_raise_call(&call);
  EXPECT_EQ(call.error, nullptr);
  EXPECT_EQ(values::failure_help(), "try `y`");
  EXPECT_EQ(values::take_failure(), "io: cannot read `x`");
}

TEST(CallFailure, WithoutAMessageIsInternal) {
  pf_call call = {};
  call.site = &values::kSite;
  pf_raise_call(&call);
  EXPECT_EQ(values::take_failure(), "internal: node `read_file` failed without a message");
}

TEST(CallFailure, BecomesTheErrorRecord) {
  pf_call call = {};
  call.site = &values::kSite;
  pf_fail(&call, PF_E_RATE_LIMIT, "slow down");
  pf_raise_call(&call);
  pf_error_value error = {};
  ASSERT_FALSE(pf_error_take(&error));
  EXPECT_EQ(values::take(error.message), "slow down");
  EXPECT_EQ(values::view(error.kind), "rate_limit");
  EXPECT_EQ(values::view(error.node), "read_file");
  EXPECT_EQ(error.attempt, 1);
  EXPECT_EQ(values::take_failure(), "none");
}

TEST(CallFailure, CancelledAndInternalCannotBeCaught) {
  for (pf_error_kind kind : {PF_E_CANCELLED, PF_E_INTERNAL}) {
    pf_str message = values::lit("m");
    pf_raise(&values::kSite, kind, &message);
    pf_error_value error = {};
    EXPECT_TRUE(pf_error_take(&error));
    EXPECT_NE(values::take_failure(), "none");
  }
}

TEST(CallFailure, ActionsOfACall) {
  pf_call call = {};
  EXPECT_TRUE(pf_action_is(&call, "default"));
  pf_choose(&call, "revise");
  EXPECT_TRUE(pf_action_is(&call, "revise"));
  EXPECT_FALSE(pf_action_is(&call, "default"));
}

TEST(RaisedFailure, Texts) {
  pf_str visits = values::lit("`writer` ran more than 5 times");
  pf_raise_visits(&values::kSite, &visits);
  EXPECT_EQ(values::take_failure(), "limit: `writer` ran more than 5 times");
  pf_raise_division(&values::kSite);
  EXPECT_EQ(values::take_failure(), "value: division by zero");
  pf_raise_overflow(&values::kSite);
  EXPECT_EQ(values::take_failure(), "value: the result does not fit into 64 bits");
}

}  // namespace
