// What a process prints, as lines and as answers.
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "stdlib-nodes/exec/answer.h"
#include "stdlib-nodes/exec/line_reader.h"

using namespace pf_exec;

namespace {

void feed(LineReader& reader, std::string_view bytes) {
  while (!bytes.empty()) {
    size_t len;
    char* room = reader.room(&len);
    len = std::min(len, bytes.size());
    memcpy(room, bytes.data(), len);
    reader.grew(len);
    bytes.remove_prefix(len);
  }
}

std::vector<std::string> lines_of(LineReader& reader) {
  std::vector<std::string> lines;
  for (std::string_view line; reader.next(&line);) lines.emplace_back(line);
  return lines;
}

constexpr pf_type kInt{PF_INT, sizeof(int64_t), alignof(int64_t), 0, "int"};

}  // namespace

TEST(LineReader, LinesComeInPieces) {
  LineReader reader;
  feed(reader, "one\ntw");
  EXPECT_EQ(lines_of(reader), std::vector<std::string>{"one"});
  feed(reader, "o\n\nthr");
  EXPECT_EQ(lines_of(reader), (std::vector<std::string>{"two", ""}));
  feed(reader, "ee\n");
  EXPECT_EQ(lines_of(reader), std::vector<std::string>{"three"});
}

TEST(LineReader, ALineOfMoreThanTheFirstRoomIsWhole) {
  LineReader reader;
  const std::string line(3'000'000, 'x');
  feed(reader, "a\n" + line + "\nb");
  EXPECT_EQ(lines_of(reader), (std::vector<std::string>{"a", line}));
  feed(reader, "\n");
  EXPECT_EQ(lines_of(reader), std::vector<std::string>{"b"});
}

TEST(LineReader, ALineWithoutEndIsTooLong) {
  LineReader reader;
  feed(reader, std::string(LineReader::kLongest, 'x'));
  EXPECT_FALSE(reader.is_too_long());
  feed(reader, "x");
  EXPECT_TRUE(reader.is_too_long());
  reader.forget();
  feed(reader, "a\n");
  EXPECT_EQ(lines_of(reader), std::vector<std::string>{"a"});
}

TEST(Answer, SaysThatItIsReady) {
  Answer answer;
  ASSERT_TRUE(read_answer(R"({"pflow": 1, "nodes": ["a", "b"], "more": [1, {}]})", &answer));
  EXPECT_TRUE(answer.is_hello);
  EXPECT_EQ(answer.version, 1);
  EXPECT_EQ(answer.nodes, (std::vector<std::string>{"a", "b"}));
}

TEST(Answer, FailsWithAKindOfItsOwn) {
  Answer answer, bare;
  ASSERT_TRUE(read_answer(R"({"id": 7, "error": {"kind": "value", "message": "no"}})", &answer));
  EXPECT_EQ(answer.id, 7);
  EXPECT_TRUE(answer.failed);
  EXPECT_EQ(answer.kind, "value");
  EXPECT_EQ(answer.message, "no");
  ASSERT_TRUE(read_answer(R"({"id": 7, "error": {}})", &bare));
  EXPECT_EQ(bare.kind, "tool");
}

TEST(Answer, WhatIsNone) {
  for (const char* line : {"", "Loading...", "[]", "{}", "3", R"({"id": "7"})", R"({"id": 7)",
                           R"({"id": 7} x)", "{\"id\": 7, \"a\": \"\xff\"}", R"({"id": 1.5})"}) {
    Answer answer;
    EXPECT_FALSE(read_answer(line, &answer)) << line;
  }
}

TEST(Answer, OutputsAreReadByTheirTypes) {
  const pf_field bare{"", "", &kInt, 0};
  const pf_field named[] = {{"n", "n", &kInt, 0}, {"m", "m", &kInt, 8}};
  const pf_type one{PF_RECORD, 8, 8, 1, "object", nullptr, 1, &bare};
  const pf_type two{PF_RECORD, 16, 8, 1, "object", nullptr, 2, named};
  const pf_type none{PF_RECORD, 0, 1, 1, "object", nullptr, 0, nullptr};
  int64_t out[2] = {};
  std::string problem;
  EXPECT_TRUE(read_output(R"({"id": 1, "output": 3})", one, out, &problem));
  EXPECT_EQ(out[0], 3);
  EXPECT_TRUE(read_output(R"({"id": 1, "output": {"m": 5, "n": 4}})", two, out, &problem));
  EXPECT_EQ(out[0], 4);
  EXPECT_EQ(out[1], 5);
  EXPECT_TRUE(read_output(R"({"id": 1})", none, out, &problem));
  EXPECT_FALSE(read_output(R"({"id": 1, "output": {"n": 4}})", two, out, &problem));
  EXPECT_EQ(problem, "$.output.m: expected int, found nothing");
}
