// Lines, CSV and JSON lines on a folder of their own.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "formats.pf.hpp"
#include "test/unit/nodes/node_call.h"
#include "test/unit/runtime/data_values.h"

using namespace node_test;
namespace fs = std::filesystem;

namespace {

constexpr pf_type kStream = {.kind = PF_STREAM,
                             .size = 8,
                             .align = 8,
                             .counted = 1,
                             .name = "stream<str>",
                             .element = &values::kStr};
constexpr pf_field kStrEntryFields[] = {{"key", "key", &values::kStr, 0, "", nullptr},
                                        {"value", "value", &values::kStr, 24, "", nullptr}};
constexpr pf_type kStrEntry = {.kind = PF_RECORD,
                               .size = 48,
                               .align = 8,
                               .counted = 1,
                               .name = "KeyValue<str>",
                               .count = 2,
                               .fields = kStrEntryFields};
constexpr pf_type kStrMap = {
    .kind = PF_MAP, .size = 8, .align = 8, .counted = 1, .name = "map<str>", .element = &kStrEntry};

class Formats : public testing::Test {
 protected:
  Formats() {
    char name[] = "/tmp/pf-formats-XXXXXX";
    folder_ = mkdtemp(name);
  }
  ~Formats() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string at(std::string_view name) const { return (folder_ / name).string(); }
  void put(std::string_view name, std::string_view content) const {
    std::ofstream(at(name), std::ios::binary) << content;
  }
  [[nodiscard]] std::string get(std::string_view name) const {
    std::ostringstream content;
    content << std::ifstream(at(name), std::ios::binary).rdbuf();
    return content.str();
  }
  [[nodiscard]] size_t entries() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }

  /// All items as JSON, and how the stream ended when it failed.
  std::vector<std::string> drain(pf_stream* stream) {
    std::vector<std::string> items;
    const pf_type* type = stream->item;
    alignas(16) char item[64];
    for (;;) {
      pf_call call{};
      int32_t status = pf_stream_next(stream, &call, item);
      if (status == PF_FAILED) items.push_back(failed_ = failure(call));
      if (status != PF_DONE) break;
      items.push_back(values::json_of(item, *type));
      pf_drop_value(item, type);
    }
    pf_drop_value(&stream, &kStream);
    return items;
  }
  std::vector<std::string> lines(std::string_view content) {
    put("lines", content);
    std::string name = at("lines");
    NodeRun<read_lines_in, read_lines_out> run(pfn_formats_read_lines, {text(name)});
    return drain(run.out.lines);
  }
  std::vector<std::string> jsonl(std::string_view content, const char* on_bad = "fail") {
    put("jsonl", content);
    std::string name = at("jsonl");
    NodeRun<read_jsonl_in, read_jsonl_out> run(pfn_formats_read_jsonl,
                                               {&values::kItem, text(name), text(on_bad)});
    return drain(run.out.items);
  }
  /// The rows as JSON, or the failure with the folder cut off.
  std::string csv(std::string_view content, const pf_type& type, bool header = true,
                  std::string_view delimiter = ",") {
    put("csv", content);
    std::string name = at("csv");
    NodeRun<read_csv_in, read_csv_out> run(pfn_formats_read_csv,
                                           {&type, text(name), text(delimiter), header});
    if (run.status != PF_DONE) return cut(run.failure());
    std::vector<std::string> rows = drain(run.out.rows);
    if (!rows.empty() && !failed_.empty()) return cut(failed_);
    std::string shown;
    for (const std::string& row : rows) shown += (shown.empty() ? "" : ",") + row;
    return "[" + shown + "]";
  }
  std::string write_csv(std::string_view json_rows, const pf_type& type) {
    pf_type rows = {
        .kind = PF_LIST, .size = 8, .align = 8, .counted = 1, .name = "rows", .element = &type};
    pf_list list{};
    pf_str source = text(json_rows);
    pf_json_problem problem{};
    EXPECT_TRUE(pf_json_decode(&source, &rows, &list, &problem)) << string(problem.message);
    std::string name = at("written");
    auto* stream = static_cast<pf_stream*>(pf_stream_of(list.head, &type));
    NodeRun<write_csv_in, write_csv_out> run(pfn_formats_write_csv,
                                             {&type, text(name), stream, text(",")});
    pf_drop_value(&stream, &kStream);
    return run.status == PF_DONE ? get("written") : run.failure();
  }
  [[nodiscard]] std::string cut(std::string message) const {
    size_t found = message.find(folder_.string() + "/");
    return found == std::string::npos ? message : message.erase(found, folder_.string().size() + 1);
  }
  /// What a call of write_lines with these items leaves: the count or the failure.
  std::string write_lines(const std::string& path, const std::vector<std::string_view>& items,
                          bool append = false) {
    auto* stream = static_cast<pf_stream*>(pf_stream_of(values::texts(items).head, &values::kStr));
    NodeRun<write_lines_in, write_lines_out> run(pfn_formats_write_lines,
                                                 {text(path), stream, append});
    pf_drop_value(&stream, &kStream);
    return run.status == PF_DONE ? std::to_string(run.out.count) : run.failure();
  }

  fs::path folder_;
  std::string failed_;  ///< how the last stream ended, when it failed
};

using Strings = std::vector<std::string>;

}  // namespace

TEST_F(Formats, LinesOfAllKinds) {
  EXPECT_EQ(lines(""), Strings{});
  EXPECT_EQ(lines("\n"), Strings{"\"\""});
  EXPECT_EQ(lines("a\nb"), (Strings{"\"a\"", "\"b\""}));
  EXPECT_EQ(lines("a\r\n\r\nb\n"), (Strings{"\"a\"", "\"\"", "\"b\""}));
}

TEST_F(Formats, AByteOrderMarkIsNoLine) {
  EXPECT_EQ(lines("\xef\xbb\xbf"), Strings{});
  EXPECT_EQ(lines("\xef\xbb\xbf\n"), Strings{"\"\""});
  EXPECT_EQ(lines("\xef\xbb\xbf"
                  "a"),
            Strings{"\"a\""});
  EXPECT_EQ(lines("\xef\xbb\xbf\xef\xbb\xbf"), Strings{"\"\xef\xbb\xbf\""});
}

TEST_F(Formats, LinesAcrossChunks) {
  constexpr size_t kLongest = 700'000;
  std::string content;
  std::vector<size_t> lengths;
  for (size_t len = 1; len < kLongest; len = len * 3 + 7) {
    lengths.push_back(len);
    for (int i = 0; i < 3; ++i) content += std::string(len - 1, 'a') + "é\n";
  }
  Strings read = lines(content);
  ASSERT_EQ(read.size(), lengths.size() * 3);
  for (size_t i = 0; i < read.size(); ++i)
    EXPECT_EQ(read[i], "\"" + std::string(lengths[i / 3] - 1, 'a') + "é\"");
}

TEST_F(Formats, LinesShareTheirChunkAndOutliveTheStream) {
  put("lines", "one\ntwo\n" + std::string(1'000'000, 'x') + "\n");
  std::string name = at("lines");
  NodeRun<read_lines_in, read_lines_out> run(pfn_formats_read_lines, {text(name)});
  pf_call call{};
  pf_str first{}, second{}, third{};
  for (pf_str* line : {&first, &second, &third})
    ASSERT_EQ(pf_stream_next(run.out.lines, &call, line), PF_DONE);
  pf_drop_value(&run.out.lines, &kStream);
  EXPECT_EQ(first.owner, second.owner);
  EXPECT_EQ(taken(first), "one");
  EXPECT_EQ(taken(second), "two");
  EXPECT_EQ(taken(third).size(), 1'000'000u);
}

TEST_F(Formats, LinesThatAreNoText) {
  EXPECT_EQ(lines("ok\nb\xff\nc\n").back(),
            "io: `" + at("lines") + "` is not UTF-8: byte 0xff at offset 4");
  EXPECT_EQ(lines("cut \xc3").back(),
            "io: `" + at("lines") + "` is not UTF-8: byte 0xc3 at offset 4");
  NodeRun<read_lines_in, read_lines_out> run(pfn_formats_read_lines, {text("/nowhere/x")});
  EXPECT_EQ(run.failure(), "io: cannot read `/nowhere/x`: no such file or folder");
}

TEST_F(Formats, ACallThatStandsNowhereFailsWhereTheStreamWasMade) {
  put("lines", "\xff\n");
  std::string name = at("lines");
  read_lines_in in{text(name)};
  read_lines_out out{};
  pf_call made{};
  made.site = &values::kSite;
  ASSERT_EQ(pfn_formats_read_lines(&made, &in, &out), PF_DONE);
  pf_call call{};
  pf_str line{};
  EXPECT_EQ(pf_stream_next(out.lines, &call, &line), PF_FAILED);
  EXPECT_EQ(call.site, &values::kSite);
  failure(call);
  pf_drop_value(&out.lines, &kStream);
}

TEST_F(Formats, WrittenLinesReplaceTheFileAtTheEnd) {
  put("out", "old\n");
  EXPECT_EQ(write_lines(at("out"), {"a", "", "c"}), "3");
  EXPECT_EQ(get("out"), "a\n\nc\n");
  EXPECT_EQ(write_lines(at("x/y/out"), {}), "0");
  EXPECT_EQ(get("x/y/out"), "");
  EXPECT_EQ(entries(), 2u);
}

TEST_F(Formats, AppendedLines) {
  std::string large(300'000, 'x');
  EXPECT_EQ(write_lines(at("log"), {"a"}, true), "1");
  EXPECT_EQ(write_lines(at("log"), {large, "b"}, true), "2");
  EXPECT_EQ(get("log"), "a\n" + large + "\nb\n");
}

TEST_F(Formats, AFullDiskLeavesNothing) {
  EXPECT_EQ(write_lines("/dev/full", {"a"}), "io: cannot write `/dev/full`: the disk is full");
  put("file", "old");
  EXPECT_EQ(write_lines(at("file/x"), {"a"}),
            "io: cannot write `" + at("file/x") + "`: a part of the path is not a folder");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Formats, AStreamThatFailsLeavesTheOldFile) {
  put("in", "ok\n\xff\n");
  put("out", "old\n");
  for (bool append : {false, true}) {
    std::string name = at("in"), target = at("out");
    NodeRun<read_lines_in, read_lines_out> source(pfn_formats_read_lines, {text(name)});
    NodeRun<write_lines_in, write_lines_out> run(pfn_formats_write_lines,
                                                 {text(target), source.out.lines, append});
    EXPECT_EQ(run.failure(), "io: `" + name + "` is not UTF-8: byte 0xff at offset 3");
    pf_drop_value(&source.out.lines, &kStream);
    EXPECT_EQ(get("out"), "old\n");
    EXPECT_EQ(entries(), 2u);
  }
}

TEST_F(Formats, JsonLines) {
  EXPECT_EQ(jsonl("\xef\xbb\xbf{\"id\":1}\n\n  \n{\"x\":0,\"id\":2}"),
            (Strings{R"({"id":1,"Label":"none","score":null})",
                     R"({"id":2,"Label":"none","score":null})"}));
}

TEST_F(Formats, BadJsonLinesNameTheirLine) {
  std::string file = "`" + at("jsonl") + "`, line 2";
  EXPECT_EQ(jsonl("{\"id\":1}\n{\"id\":1,}\n").back(),
            "parse: " + file + ", column 9: no JSON: there is a `,` too many");
  EXPECT_EQ(jsonl("{\"id\":1}\n{\"id\":1.5}\n").back(),
            "schema: " + file + ": $.id: expected int, found float");
}

TEST_F(Formats, BadJsonLinesAreSkippedOnRequest) {
  EXPECT_EQ(jsonl("x\n{\"id\":1}\n{}\n{\"id\":2}\n", "skip"),
            (Strings{R"({"id":1,"Label":"none","score":null})",
                     R"({"id":2,"Label":"none","score":null})"}));
  const Strings both{R"({"id":1,"Label":"none","score":null})",
                     R"({"id":2,"Label":"none","score":null})"};
  EXPECT_EQ(jsonl("{\"id\":1}\n{\"Label\":\"caf\xe9\"}\n{\"id\":2}\n", "skip"), both);
  EXPECT_EQ(jsonl("\xff\n{\"id\":1}\n\xe9\xe9\n\xe9\n{\"id\":2}\n\xe2\x82", "skip"), both);
  EXPECT_EQ(jsonl("{\"id\":1}\n" + std::string(600000, '\xe9') + "\n{\"id\":2}", "skip"), both);
  EXPECT_EQ(jsonl(std::string("{\"id\":1}\n\0\n{\"id\":2}\n", 20), "skip"), both);
  EXPECT_EQ(jsonl("{\"id\":1}\n" + std::string(2000, '[') + "\n{\"id\":2}\n", "skip"), both);
}

TEST_F(Formats, LinesBeforeBytesThatAreNoTextAreGiven) {
  Strings given = jsonl("{\"id\":1}\n\xff\n");
  ASSERT_EQ(given.size(), 2u);
  EXPECT_EQ(given.front(), R"({"id":1,"Label":"none","score":null})");
  EXPECT_EQ(given.back(), "io: `" + at("jsonl") + "` is not UTF-8: byte 0xff at offset 9");
}

TEST_F(Formats, AppendedLinesBeginALine) {
  put("log", "one\ntwo");
  EXPECT_EQ(write_lines(at("log"), {}, true), "0");
  EXPECT_EQ(get("log"), "one\ntwo");
  EXPECT_EQ(write_lines(at("log"), {"three", "four"}, true), "2");
  EXPECT_EQ(get("log"), "one\ntwo\nthree\nfour\n");
  EXPECT_EQ(write_lines(at("log"), {"five"}, true), "1");
  EXPECT_EQ(get("log"), "one\ntwo\nthree\nfour\nfive\n");
  put("log", "x");
  const std::string large(300'000, 'y');
  EXPECT_EQ(write_lines(at("log"), {large, "z"}, true), "2");
  EXPECT_EQ(get("log"), "x\n" + large + "\nz\n");
  put("log", "");
  EXPECT_EQ(write_lines(at("log"), {"one"}, true), "1");
  EXPECT_EQ(get("log"), "one\n");
}

TEST_F(Formats, WrittenJsonLines) {
  pf_list list = values::ints({1, 2});
  auto* stream = static_cast<pf_stream*>(pf_stream_of(list.head, &values::kInt));
  std::string name = at("out");
  NodeRun<write_jsonl_in, write_jsonl_out> run(pfn_formats_write_jsonl,
                                               {&values::kInt, text(name), stream, false});
  pf_drop_value(&stream, &kStream);
  EXPECT_EQ(run.out.count, 2);
  EXPECT_EQ(get("out"), "1\n2\n");
}

TEST_F(Formats, CsvColumnsAreFoundByName) {
  EXPECT_EQ(csv("x,score,id,Label\r\n1,0.5,7,\"a,\"\"b\"\"\"\r\n2,,8,\r\n", values::kItem),
            R"([{"id":7,"Label":"a,\"b\"","score":0.5},{"id":8,"Label":"","score":null}])");
  EXPECT_EQ(csv("\xef\xbb\xbfid\n7\n", values::kItem), R"([{"id":7,"Label":"none","score":null}])");
  EXPECT_EQ(csv("", values::kItem), "[]");
}

TEST_F(Formats, CsvAsMapsAndLists) {
  EXPECT_EQ(csv("a,b\n1,\"x\ny\"\n\n2,\n", kStrMap), R"([{"a":"1","b":"x\ny"},{"a":"2","b":""}])");
  EXPECT_EQ(csv("a;b\n1;2", values::kTexts, false, ";"), R"([["a","b"],["1","2"]])");
  EXPECT_EQ(csv("7,x,1\n", values::kItem, false), R"([{"id":7,"Label":"x","score":1.0}])");
  EXPECT_EQ(csv("a\n\nb\n", values::kTexts, false), R"([["a"],[""],["b"]])");
}

TEST_F(Formats, CsvLineEndsAreNoDataButInQuotes) {
  EXPECT_EQ(csv("a,b,c\r\n1,\"x\r\ny\",3\r\n4,\"\",\r\n", kStrMap),
            R"([{"a":"1","b":"x\r\ny","c":"3"},{"a":"4","b":"","c":""}])");
  EXPECT_EQ(csv("1;\"\r\n\n\r\";\"x\"\r\n2;\r;3\r", values::kTexts, false, ";"),
            R"([["1","\r\n\n\r","x"],["2","\r","3"]])");
  EXPECT_EQ(csv("\"\"\r\n\r\n\"\"\r\na\n", kStrMap), R"([{"":""},{"":""},{"":"a"}])");
  EXPECT_EQ(csv("\r\n\"\"\n", values::kTexts, false), R"([[""]])");
}

TEST_F(Formats, WhatCsvIsWrittenReadsBackEqual) {
  for (const char* rows : {R"([["a\r\nb\r\nc"],["x\ry"],["end\r"],["\n\r"],["\r\n"],["l\nf"]])",
                           R"([[""],["x"],[""]])", R"([["","",""],["\"","\"\"",","]])",
                           R"([["﻿a"," b "],["'","\t"]])"}) {
    std::string written = write_csv(rows, values::kTexts);
    EXPECT_EQ(csv(written, values::kTexts, false), rows);
  }
}

TEST_F(Formats, CsvMistakesNameTheirLine) {
  EXPECT_EQ(csv("id,Label\n1,a\n2\n", values::kItem),
            "parse: `csv`, line 3: expected 2 fields, found 1");
  EXPECT_EQ(csv("id,Label\n1,\"a\nb\"\n2,b,c\n", values::kItem),
            "parse: `csv`, line 4: expected 2 fields, found 3");
  EXPECT_EQ(csv("id\nx\n", values::kItem),
            "schema: `csv`, line 2, column `id`: expected int, found `x`");
  EXPECT_EQ(csv("a,b\n1,\"x\n", kStrMap), "parse: `csv`, line 2: a quoted field has no end");
  EXPECT_EQ(csv("a\n\"x\"y\n", kStrMap), "parse: `csv`, line 2: text follows a closing quote");
  EXPECT_EQ(csv("name\nx\n", values::kItem), "schema: `csv` has no column `id`");
  EXPECT_EQ(csv("a\n", kStrMap, true, ",,"),
            "value: `delimiter` is \",,\": expected one character");
  EXPECT_EQ(csv("a\n", values::kInt),
            "value: a row cannot be `int`: expected a schema, `map<str>` or `[str]`");
}

TEST_F(Formats, WrittenCsv) {
  EXPECT_EQ(write_csv(R"([{"id":1,"Label":"a,\"b\"\n","score":0.5},{"id":2,"Label":"é"}])",
                      values::kItem),
            "id,Label,score\n1,\"a,\"\"b\"\"\n\",0.5\n2,é,\n");
  EXPECT_EQ(write_csv(R"([{"a":"1","b":"2"},{"b":"3"}])", kStrMap), "a,b\n1,2\n,3\n");
  EXPECT_EQ(write_csv(R"([{"a":"1"},{"c":"3"}])", kStrMap),
            "value: a row has the key `c`, which the first one lacks");
  EXPECT_EQ(write_csv(R"([["a","b c"],[]])", values::kTexts), "a,b c\n\n");
  EXPECT_EQ(write_csv("[]", values::kItem), "id,Label,score\n");
  EXPECT_EQ(write_csv(R"([{"":"a"},{"":""},{"":"b"}])", kStrMap), "\"\"\na\n\"\"\nb\n");
}
