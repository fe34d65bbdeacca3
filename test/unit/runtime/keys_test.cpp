#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "test/unit/runtime/values.h"

namespace {

class Keys : public testing::Test {
 protected:
  void SetUp() override {
    begin_home();
    unsetenv("PFLOW_TEST_KEY");
  }
  void TearDown() override {
    std::filesystem::remove_all(home_);
    unsetenv("PFLOW_HOME");
  }
  /// Each time another one: what has just been looked at is not looked at again at once.
  void begin_home() {
    static int count = 0;
    if (!home_.empty()) std::filesystem::remove_all(home_);
    home_ = testing::TempDir() + "pflow-keys-test-" + std::to_string(getpid()) + "-" +
            std::to_string(++count);
    std::filesystem::create_directory(home_);
    setenv("PFLOW_HOME", home_.c_str(), 1);
  }
  void write(std::string_view text) {
    begin_home();
    std::ofstream(home_ + "/keys.json") << text;
  }
  /// The key, or why there is none.
  static std::string key(const char* name) {
    pf_str out = {};
    switch (pf_key(name, "PFLOW_TEST_KEY", &out)) {
      case PF_KEY_FOUND: return values::take(out);
      case PF_KEY_ABSENT: return "none";
      case PF_KEY_BROKEN: break;
    }
    return "broken";
  }
  /// What is reported while the key is looked for.
  std::string complaint(const char* name) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(key(name), "broken");
    std::string text = testing::internal::GetCapturedStderr();
    size_t at = text.find(home_);
    return at == std::string::npos ? text : text.replace(at, home_.size(), "HOME");
  }
  std::string home_;
};

TEST_F(Keys, StoredThenEnvironment) {
  EXPECT_EQ(key("openai"), "none");
  setenv("PFLOW_TEST_KEY", "sk-env", 1);
  EXPECT_EQ(key("openai"), "sk-env");
  write(R"({"// Note": "secret", "openai": "sk-\u0061\n"})");
  EXPECT_EQ(key("openai"), "sk-a\n");
  EXPECT_EQ(key("other"), "sk-env");
  write(R"({"openai": ""})");
  EXPECT_EQ(key("openai"), "sk-env") << "an empty key is none";
}

TEST_F(Keys, ABrokenFileIsNamedWithItsLine) {
  write("{\n  \"a\": \"b\"\n  \"openai\": \"c\"\n}\n");
  EXPECT_EQ(complaint("openai").find(
                "error[PF0902]: HOME/keys.json:3: the file of keys cannot be read: "),
            0u);
  write("{\"a\": \"b\",\n\"openai\": 5}");
  EXPECT_EQ(complaint("openai").find("error[PF0902]: HOME/keys.json:2: the file of keys cannot be "
                                     "read: the value of `openai` is no text\n"),
            0u);
  write("[]");
  EXPECT_EQ(complaint("openai").find("error[PF0902]: HOME/keys.json:1: "), 0u);
  write("{} x");
  EXPECT_EQ(complaint("openai").find("error[PF0902]: HOME/keys.json:1: "), 0u);
  write("");
  EXPECT_EQ(complaint("openai").find("error[PF0902]: HOME/keys.json:1: "), 0u);
}

TEST_F(Keys, AFolderInItsPlaceIsReported) {
  std::filesystem::create_directory(home_ + "/keys.json");
  EXPECT_EQ(complaint("openai"), "error[PF0902]: cannot read `HOME/keys.json`: Is a directory\n");
}

}  // namespace
