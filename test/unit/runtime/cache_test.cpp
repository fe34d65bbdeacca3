// Stages with `cache`, over a store in a folder of their own.
#include "runtime/src/cache/cache.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <stdlib.h>

#include <cstddef>
#include <filesystem>

#include "pflow/policy.h"
#include "runtime/src/program/command_line.h"
#include "test/unit/runtime/flows.h"

namespace {

using flows::Act;
using flows::kSecond;

/// (prompt: str, token: secret, model: str?) -> (result: str, count: int)
struct Frame {
  pf_frame head;
  pf_str prompt;
  pf_str token;
  values::OptStr model;
  pf_str result;
  int64_t count;
};
const pf_frame_slot kParams[] = {{&values::kStr, offsetof(Frame, prompt), "prompt"},
                                 {&values::kSecret, offsetof(Frame, token), "token"},
                                 {&values::kOptStr, offsetof(Frame, model), "model"}};
const pf_frame_slot kResults[] = {{&values::kStr, offsetof(Frame, result), "result"},
                                  {&values::kInt, offsetof(Frame, count), "count"}};
const pf_frame_slot kSlots[] = {kParams[0], kParams[1], kParams[2], kResults[0]};
int g_runs;
bool g_fails;

pf_status resume(pf_frame* frame) {
  auto* self = reinterpret_cast<Frame*>(frame);
  ++g_runs;
  if (g_fails) {
    pf_str message = values::lit("no");
    pf_raise(&values::kSite, PF_E_NETWORK, &message);
    return PF_FAILED;
  }
  self->result = values::owned("answer to " + std::string(values::view(self->prompt)));
  self->count = g_runs;
  return PF_DONE;
}
pf_frame_info g_answer = {.name = "answer",
                          .size = sizeof(Frame),
                          .slot_count = 4,
                          .slots = kSlots,
                          .resume = resume,
                          .param_count = 3,
                          .result_count = 2,
                          .params = kParams,
                          .results = kResults};

struct Arguments {
  pf_str prompt = values::lit("why?");
  pf_str token = values::lit("s3cret");
  values::OptStr model = {};
};
struct Results {
  pf_str result;
  int64_t count;
};

class Cache : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    char folder[] = "/tmp/pflow-cache-test-XXXXXX";
    folder_ = mkdtemp(folder);
    setenv("PFLOW_HOME", (folder_ + "/home").c_str(), 1);
    pflow::rt::explain_cache();
    ASSERT_TRUE(pf_cache.check());
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }
  void SetUp() override {
    g_fails = false;
    g_answer.behaviour = nullptr;
  }
  /// From here on the flow is said to do that.
  void behave(const std::string& parts) {
    parts_ = parts;
    behaviour_ = {.parts = parts_.c_str()};
    g_answer.behaviour = &behaviour_;
  }
  const pf_site* const* sites() {
    static const pf_site* site;
    site = &site_;
    return &site;
  }

  /// Runs the stage; the number of the run that its result is of.
  int64_t run(const Arguments& arguments, int64_t keep = INT64_MAX) {
    pf_policy policy = {.set = PF_P_CACHE, .cache = keep};
    Results results = {};
    ::testing::internal::CaptureStderr();
    flows::Ended ended = flows::run([&](pf_frame* frame) {
      frame->call.site = &site_;
      return pf_try_start(frame, &g_answer, &arguments, &policy, &results);
    });
    explained_ = ::testing::internal::GetCapturedStderr();
    if (ended.failed) return -1;
    EXPECT_EQ(values::take(results.result),
              "answer to " + std::string(values::view(arguments.prompt)));
    return results.count;
  }
  /// Another stage for each test, so that none explains another's.
  void stand_at(const char* id) { site_.id = id; }
  static std::string file() { return folder_ + "/home/cache/results.db"; }

  std::string explained_;
  pf_behaviour behaviour_ = {};

 private:
  static inline std::string folder_;
  std::string parts_;
  pf_site site_ = values::kSite;
};

constexpr char kMiss[] = "cache: miss: `read_file` at flow.pf:7:1: ";

TEST_F(Cache, TheSecondRunIsAHit) {
  stand_at("hit");
  Arguments arguments = {.prompt = values::lit("first")};
  int64_t first = run(arguments);
  EXPECT_EQ(explained_, std::string(kMiss) + "nothing is stored for this stage\n");
  EXPECT_EQ(run(arguments), first);
  EXPECT_EQ(explained_, "cache: hit: `read_file` at flow.pf:7:1\n");
}

TEST_F(Cache, AMissNamesWhatChanged) {
  stand_at("changed");
  Arguments arguments = {.prompt = values::lit("second")};
  int64_t first = run(arguments);
  arguments.prompt = values::lit("third");
  EXPECT_NE(run(arguments), first);
  EXPECT_EQ(explained_, std::string(kMiss) + "argument `prompt` has changed\n");
  arguments.model = {values::lit("small"), true};
  run(arguments);
  EXPECT_EQ(explained_, std::string(kMiss) + "argument `model` has changed\n");
  arguments = {.prompt = values::lit("fourth"), .model = {values::lit("large"), true}};
  run(arguments);
  EXPECT_EQ(explained_, std::string(kMiss) + "argument `prompt`, argument `model` have changed\n");
}

TEST_F(Cache, WhatTheFlowDoesCounts) {
  stand_at("behaviour");
  Arguments arguments = {.prompt = values::lit("fifth")};
  behave("what `main` does\t" + std::string(64, 'a') + "\nschema `Entry`\t" + std::string(64, 'b') +
         "\n");
  int64_t first = run(arguments);
  EXPECT_EQ(run(arguments), first);
  behave("what `main` does\t" + std::string(64, 'a') + "\nschema `Entry`\t" + std::string(64, 'c') +
         "\n");
  EXPECT_NE(run(arguments), first);
  EXPECT_EQ(explained_, std::string(kMiss) + "schema `Entry` has changed\n");
}

TEST_F(Cache, ASettingCounts) {
  stand_at("setting");
  Arguments arguments = {.prompt = values::lit("tenth"), .model = {values::lit("large"), true}};
  behave("");
  static std::string address, model;
  address = "http://a";
  const pf_settings_source source = {[](pf_settings* to, const pf_site* const* sites, size_t) {
                                       const pf_str* known =
                                           pf_setting_argument(to, sites[0], "model");
                                       model = known ? values::view(*known) : "";
                                       pf_setting_add(to, "address", address.c_str());
                                     },
                                     sites(), 1};
  behaviour_.sources = &source;
  behaviour_.source_count = 1;
  int64_t first = run(arguments);
  EXPECT_EQ(model, "large");
  EXPECT_EQ(run(arguments), first);
  address = "http://b";
  EXPECT_NE(run(arguments), first);
  EXPECT_EQ(explained_, std::string(kMiss) + "address has changed\n");
}

TEST_F(Cache, TheFolderCountsForWhatReadsPaths) {
  stand_at("folder");
  Arguments arguments = {.prompt = values::lit("eleventh")};
  behave("");
  int64_t first = run(arguments);
  auto back = std::filesystem::current_path();
  std::filesystem::current_path("/");
  EXPECT_EQ(run(arguments), first);
  behaviour_.in_folder = 1;
  int64_t there = run(arguments);
  EXPECT_NE(there, first);
  std::filesystem::current_path(back);
  EXPECT_NE(run(arguments), there);
  EXPECT_EQ(explained_, std::string(kMiss) + "working folder has changed\n");
}

TEST_F(Cache, ASecretCountsAndIsNotWritten) {
  stand_at("secret");
  Arguments arguments = {.prompt = values::lit("sixth"), .token = values::lit("pa55word")};
  int64_t first = run(arguments);
  EXPECT_EQ(run(arguments), first);
  arguments.token = values::lit("another");
  EXPECT_NE(run(arguments), first);
  EXPECT_EQ(explained_, std::string(kMiss) + "a secret has changed\n");
  std::string grep = "grep -q -e pa55word -e another " + file() + " " + file() + "-wal";
  EXPECT_NE(system(grep.c_str()), 0);
}

TEST_F(Cache, AResultExpires) {
  stand_at("expired");
  Arguments arguments = {.prompt = values::lit("seventh")};
  constexpr int64_t kDay = 86'400 * kSecond;
  int64_t first = run(arguments, kDay);
  EXPECT_EQ(run(arguments, kDay), first);
  flows::script = [](int64_t) { return Act{.seconds = 86'400}; };
  flows::Arguments wait = {};
  pf_policy none = {};
  pf_str out = {};
  flows::run(
      [&](pf_frame* frame) { return pf_try_start(frame, &flows::kFlow, &wait, &none, &out); });
  pf_str_release(out);
  EXPECT_NE(run(arguments, kDay), first);
  EXPECT_EQ(explained_, std::string(kMiss) + "the stored result is too old\n");
}

TEST_F(Cache, AFailureIsNotKept) {
  stand_at("failed");
  Arguments arguments = {.prompt = values::lit("eighth")};
  g_fails = true;
  EXPECT_EQ(run(arguments), -1);
  g_fails = false;
  EXPECT_GT(run(arguments), 0);
  EXPECT_EQ(explained_, std::string(kMiss) + "nothing is stored for this stage\n");
}

TEST_F(Cache, WhatCannotBeWrittenFailsNothing) {
  stand_at("locked");
  Arguments arguments = {.prompt = values::lit("ninth")};
  run(arguments);
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "DROP TABLE results", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  EXPECT_GT(run(arguments), 0);
  EXPECT_GT(run(arguments), 0);
}

}  // namespace
