// The records of journals, as they are summed up and read.
#include <gtest/gtest.h>
#include <math.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "runtime/src/journal/exact.h"
#include "runtime/src/journal/recorded.h"
#include "runtime/src/journal/visits.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/recorder/crc32.h"
#include "runtime/src/recorder/record_file.h"
#include "runtime/src/values/hash_value.h"
#include "runtime/src/values/memory.h"
#include "test/unit/runtime/data_values.h"

namespace pflow::rt {
namespace {

std::string text(pf_str of) { return {of.data, of.len}; }

TEST(Crc32, IsThatOfZip) {
  EXPECT_EQ(crc32("", 0), 0U);
  EXPECT_EQ(crc32("123456789", 9), 0xcbf43926U);
  EXPECT_EQ(crc32("The quick brown fox jumps over the lazy dog", 43), 0x414fa339U);
}

TEST(Members, AreThoseOfTheObjectItself) {
  const pf_str object = view(R"({"a":{"b":1},"b":[1,{"c":2}],"c":"x","d":17})");
  EXPECT_EQ(text(json_member(object, "a")), R"({"b":1})");
  EXPECT_EQ(text(json_member(object, "b")), R"([1,{"c":2}])");
  EXPECT_EQ(text(json_text_member(object, "c")), "x");
  EXPECT_EQ(json_int_member(object, "d"), 17);
  EXPECT_EQ(json_member(object, "e").len, 0U);
  EXPECT_EQ(json_text_member(object, "d").len, 0U);
  EXPECT_EQ(json_member(view("[1]"), "a").len, 0U);
}

TEST(Visits, AreCountedByPlace) {
  Visits visits;
  for (int64_t times = 1; times <= 3; ++times)
    for (int i = 0; i < 1000; ++i)
      ASSERT_EQ(visits.add(view(std::to_string(i).c_str())), times) << i;
}

std::string hash_of(const void* value, const pf_type& type) {
  Sha256 hash;
  hash_value(hash, value, &type);
  char hex[65];
  hash.finish(hex);
  return hex;
}

/// Whether it is known to be, and is what is read back.
bool is_exact(const void* value, const pf_type& type) {
  if (!is_exact_in_json(value, &type)) return false;
  Buffer json;
  add_json(json, value, &type);
  const pf_str written = json.text();
  pf_json_problem problem;
  auto* back = allocate_zeroed(type.size);
  EXPECT_TRUE(pf_json_decode(&written, &type, back, &problem)) << text(written);
  EXPECT_EQ(hash_of(value, type), hash_of(back, type)) << text(written);
  pf_drop_value(back, &type);
  free(back);
  return true;
}

TEST(Values, AreExactInJsonWhereOneTextIsOneValue) {
  const pf_str word = values::lit("a \"word\"\n");
  EXPECT_TRUE(is_exact(&word, values::kStr));
  for (const double number : {0.1, -0.0, 1e300, 5e-324})
    EXPECT_TRUE(is_exact(&number, values::kFloat));
  for (const double number : {double(INFINITY), double(NAN)})
    EXPECT_FALSE(is_exact(&number, values::kFloat));
  const int64_t number = INT64_MIN;
  EXPECT_TRUE(is_exact(&number, values::kInt));
  EXPECT_FALSE(is_exact(&number, values::kDuration));
  values::Item item = {1, word, INFINITY, false};
  EXPECT_TRUE(is_exact(&item, values::kItem));
  item.has_score = true;
  EXPECT_FALSE(is_exact(&item, values::kItem));
  pf_list numbers = values::ints({1, 2});
  values::Entry entry = {word, {7, true}, values::texts({"a", ""})};
  EXPECT_TRUE(is_exact(&numbers, values::kInts));
  EXPECT_TRUE(is_exact(&entry, values::kEntry));
  pf_drop_value(&numbers, &values::kInts);
  pf_drop_value(&entry, &values::kEntry);
}

TEST(Values, AreTriedWhereJsonHasSeveralForms) {
  const pf_sum sum{};
  EXPECT_FALSE(is_exact(&sum, values::kSum));
}

TEST(Keys, TellTheInnermostSite) {
  EXPECT_EQ(text(site_of_key(view("main/llm#a0"))), "main/llm#a0");
  EXPECT_EQ(text(site_of_key(view("main/each#5c[17] > judge/llm#a0 #2"))), "judge/llm#a0");
  EXPECT_EQ(text(site_of_key(view("main/llm#a0 > tool/shell#b1 @00ff #3"))), "tool/shell#b1");
  EXPECT_EQ(text(site_of_key(view("main/each#5c[17]"))), "main/each#5c");
}

class Journals : public testing::Test {
 protected:
  void SetUp() override {
    path_ = testing::TempDir() + "pflow-journal-test-" + std::to_string(getpid());
    unlink(path_.c_str());
    ASSERT_TRUE(file_.create(path_.data()));
    write("run", R"(,"journal":1,"id":"x")");
  }
  void TearDown() override {
    file_.close();
    unlink(path_.c_str());
  }

  void write(const char* type, const char* members = "") {
    Buffer record;
    begin_record(record, type);
    record.add(members);
    ASSERT_TRUE(file_.write(record));
  }
  void write_raw(const char* bytes) {
    ASSERT_EQ(::write(file_.descriptor(), bytes, strlen(bytes)), ssize_t(strlen(bytes)));
  }
  /// What is wrong; empty: nothing.
  std::string read(Recorded& recorded, const char* from = nullptr) {
    file_.close();
    EXPECT_TRUE(file_.open(path_.c_str()));
    Buffer problem;
    const bool good = recorded.read(file_.descriptor(), from, problem);
    EXPECT_EQ(good, problem.size() == 0);
    return text(problem.text());
  }

  std::string path_;
  RecordFile file_;
};

TEST_F(Journals, GiveResultsByKey) {
  write("intent", R"(,"key":"a","node":"n","args":"1","began":5,"in":{})");
  write("result", R"(,"key":"a","node":"n","args":"1","action":"go","out":{"x":1})");
  write("result", R"(,"key":"b","node":"n","args":"2","error":{"kind":"io"})");
  Recorded recorded;
  EXPECT_EQ(read(recorded), "");
  const RecordedResult* result = recorded.result(view("a"));
  ASSERT_NE(result, nullptr);
  EXPECT_EQ(text(result->args) + text(result->action) + text(result->out), R"(1go{"x":1})");
  EXPECT_EQ(recorded.result(view("b")), nullptr);
  EXPECT_EQ(recorded.began(view("a")), 0);
  EXPECT_TRUE(recorded.intents()[0].is_over);
}

TEST_F(Journals, TellWhatHasNoEnd) {
  write("intent", R"(,"key":"a","node":"n","args":"1","began":5,"repeatable":true)");
  write("intent", R"(,"key":"b","node":"m","args":"1","began":6,"in":{"y":2})");
  write("result", R"(,"key":"b","node":"m","args":"1","not_kept":"a secret")");
  Recorded recorded;
  EXPECT_EQ(read(recorded), "");
  ASSERT_EQ(recorded.intents().size(), 2U);
  EXPECT_EQ(recorded.began(view("a")), 5);
  EXPECT_EQ(recorded.intents()[0].doubt, Doubt::Again);
  EXPECT_FALSE(recorded.intents()[1].is_over) << "what it gave is lost";
  EXPECT_EQ(text(recorded.intents()[1].in), R"({"y":2})");
}

TEST_F(Journals, ForgetFromAStageOn) {
  write("result", R"(,"key":"f/a","node":"n","args":"1","out":{})");
  write("result", R"(,"key":"f/each[0] > f/b","node":"n","args":"1","out":{})");
  write("result", R"(,"key":"f/c","node":"n","args":"1","out":{})");
  Recorded recorded;
  EXPECT_EQ(read(recorded, "f/b"), "");
  EXPECT_NE(recorded.result(view("f/a")), nullptr);
  EXPECT_EQ(recorded.result(view("f/each[0] > f/b")), nullptr);
  EXPECT_EQ(recorded.result(view("f/c")), nullptr);
  Recorded nothing;
  EXPECT_EQ(read(nothing, "f/d"), "no step of the stage `f/d` stands in it");
}

TEST_F(Journals, EndWhereTheyWereCut) {
  write("result", R"(,"key":"a","node":"n","args":"1","out":{})");
  write_raw("0123");
  Recorded cut;
  EXPECT_EQ(read(cut), "");
  EXPECT_NE(cut.result(view("a")), nullptr);
  ASSERT_TRUE(file_.cut(cut.whole_bytes()));
  write("result", R"(,"key":"b","node":"n","args":"1","out":{})");
  Recorded mended;
  EXPECT_EQ(read(mended), "");
  EXPECT_NE(mended.result(view("b")), nullptr);
}

TEST_F(Journals, SayWhereTheyAreDamaged) {
  write_raw("00000000 {\"type\":\"result\"}\n");
  write("end");
  Recorded recorded;
  EXPECT_EQ(read(recorded), "line 2 is damaged, and records follow it");
}

/// What opening it says in a process of its own: whether it could, else errno.
struct Opened {
  bool done;
  int problem;
};
Opened open_elsewhere(const std::string& path) {
  const pid_t child = fork();
  if (child == 0) {
    RecordFile other;
    const bool done = other.open(path.c_str());
    _exit(done ? 0 : errno);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) && WEXITSTATUS(status) == 0, WEXITSTATUS(status)};
}

TEST_F(Journals, BelongToOneProcess) {
  const Opened other = open_elsewhere(path_);
  EXPECT_FALSE(other.done);
  EXPECT_EQ(other.problem, EAGAIN);
}

TEST_F(Journals, AreNotKeptByAChildThatOutlivesTheProcess) {
  int gate[2];
  ASSERT_EQ(pipe(gate), 0);
  const pid_t child = fork();  // with the descriptor, as before it becomes another program
  if (child == 0) {
    char c;
    close(gate[1]);
    _exit(static_cast<int>(::read(gate[0], &c, 1)));
  }
  close(gate[0]);
  file_.close();
  EXPECT_TRUE(open_elsewhere(path_).done);
  close(gate[1]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace pflow::rt
