// env, random, uuid.
#include <cstdlib>
#include <limits>
#include <regex>
#include <set>

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

TEST(Random, StaysInTheRange) {
  auto draw = [](int64_t low, int64_t high) {
    NodeRun<random_in, random_out> run(pfn_system_random, {low, high});
    EXPECT_EQ(run.status, PF_DONE);
    return run.out.value;
  };
  std::set<int64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(draw(-1, 1));
  EXPECT_EQ(seen, (std::set<int64_t>{-1, 0, 1}));
  EXPECT_EQ(draw(7, 7), 7);
  constexpr int64_t kLow = std::numeric_limits<int64_t>::min();
  constexpr int64_t kHigh = std::numeric_limits<int64_t>::max();
  EXPECT_NE(draw(kLow, kHigh), draw(kLow, kHigh));
  NodeRun<random_in, random_out> crossed(pfn_system_random, {2, 1});
  EXPECT_EQ(crossed.failure(), "value: `low` is 2 and `high` is 1; expected `low` <= `high`");
}

TEST(Uuid, IsRandomOfVersion4) {
  auto draw = [] { return taken(NodeRun<uuid_in, uuid_out>(pfn_system_uuid, {}).out.value); };
  std::string uuid = draw();
  std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  EXPECT_TRUE(std::regex_match(uuid, form)) << uuid;
  EXPECT_NE(uuid, draw());
}
