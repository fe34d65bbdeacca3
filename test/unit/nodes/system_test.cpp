// env.
#include <cstdlib>

#include "system.pf.hpp"
#include "test/unit/nodes/node_call.h"

using namespace node_test;

TEST(Env, ValueDefaultOrFailure) {
  setenv("PF_TEST_SET", "value", 1);
  setenv("PF_TEST_EMPTY", "", 1);
  unsetenv("PF_TEST_ABSENT");
  NodeRun<env_in, env_out> set(pfn_system_env, {text("PF_TEST_SET"), {}});
  EXPECT_EQ(taken(set.out.value), "value");
  NodeRun<env_in, env_out> empty(pfn_system_env, {text("PF_TEST_EMPTY"), {text("d"), true}});
  EXPECT_EQ(taken(empty.out.value), "");
  NodeRun<env_in, env_out> fallback(pfn_system_env, {text("PF_TEST_ABSENT"), {text("d"), true}});
  EXPECT_EQ(taken(fallback.out.value), "d");
  NodeRun<env_in, env_out> absent(pfn_system_env, {text("PF_TEST_ABSENT"), {}});
  EXPECT_EQ(absent.failure(), "config: the environment variable `PF_TEST_ABSENT` is not set");
}

TEST(Env, NamesAndValuesThatCannotBe) {
  NodeRun<env_in, env_out> name(pfn_system_env, {text("A=B"), {}});
  EXPECT_EQ(name.failure(), "value: `A=B` cannot be the name of an environment variable");
  setenv("PF_TEST_BYTES", "a\xff", 1);
  NodeRun<env_in, env_out> bytes(pfn_system_env, {text("PF_TEST_BYTES"), {}});
  EXPECT_EQ(bytes.failure(),
            "config: the environment variable `PF_TEST_BYTES` is not UTF-8: byte 0xff at offset 1");
}
