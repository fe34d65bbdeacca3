// key: stored keys, then the environment.
#include "keys.pf.hpp"
#include "test/unit/nodes/folder_case.h"

using namespace node_test;

namespace {

class Keys : public FolderCase {
 protected:
  Keys() {
    setenv("PFLOW_HOME", folder_.c_str(), 1);
    unsetenv("DEMO_API_KEY");
  }
  ~Keys() override {
    unsetenv("PFLOW_HOME");
    unsetenv("DEMO_API_KEY");
  }
};

NodeRun<key_in, key_out> key(std::string_view name) { return {pfn_keys_key, {text(name)}}; }

/// The check of one call, whose name is literal when there is one.
bool check(const char* name) {
  pf_literal literal{"name", name};
  pf_site site{"", "key", "flow.pf", "key(…)", 1, 1, 3, 1, &literal};
  const pf_site* sites[] = {&site};
  return pfn_keys_key_preflight(sites, 1);
}

}  // namespace

TEST_F(Keys, StoredBeforeEnvironment) {
  setenv("DEMO_API_KEY", "from the environment", 1);
  put("keys.json", R"({"demo": "stored"})");
  EXPECT_EQ(taken(key("demo").out.value), "stored");
}

TEST_F(Keys, OfTheEnvironment) {
  setenv("DEMO_API_KEY", "from the environment", 1);
  EXPECT_EQ(taken(key("demo").out.value), "from the environment");
}

TEST_F(Keys, VariableOfOtherNames) {
  setenv("MY_SERVICE_2_API_KEY", "x", 1);
  EXPECT_EQ(taken(key("my-service.2").out.value), "x");
  unsetenv("MY_SERVICE_2_API_KEY");
}

TEST_F(Keys, AbsentAndImpossible) {
  EXPECT_EQ(key("demo").failure(), "key: no key for `demo` is set");
  EXPECT_EQ(key("").failure(), "value: `` cannot be the name of a key");
  EXPECT_EQ(key("a b").failure(), "value: `a b` cannot be the name of a key");
  EXPECT_EQ(key(std::string(300, 'a')).failure(),
            "value: `" + std::string(80, 'a') + "` cannot be the name of a key");
}

TEST_F(Keys, CheckedBeforeTheRun) {
  EXPECT_FALSE(check("demo"));
  EXPECT_FALSE(check("a b"));
  EXPECT_TRUE(check(nullptr));
  setenv("DEMO_API_KEY", "x", 1);
  EXPECT_TRUE(check("demo"));
}
