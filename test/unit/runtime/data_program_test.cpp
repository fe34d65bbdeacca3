// Composed parameters and streams on the command line, from standard input, as results.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "runtime/src/running/stream.h"
#include "test/unit/runtime/data_values.h"
#include "test/unit/runtime/run_program.h"

namespace {

constexpr pf_type kTextStream = {.kind = PF_STREAM,
                                 .size = 8,
                                 .align = 8,
                                 .counted = 1,
                                 .name = "stream<str>",
                                 .element = &values::kStr};
constexpr pf_type kItemStream = {.kind = PF_STREAM,
                                 .size = 8,
                                 .align = 8,
                                 .counted = 1,
                                 .name = "stream<Item>",
                                 .element = &values::kItem};

bool none(void*) { return false; }

/// A flow `main(item: Item?, items: [Item], data: json, counts: map<int>)` that gives all.
struct Params {
  values::Item item;
  bool has_item;
  pf_list items;
  pf_json data;
  pf_list counts;
};
constexpr pf_type kOptItem = {.kind = PF_OPT,
                              .size = offsetof(Params, items),
                              .align = 8,
                              .counted = 1,
                              .name = "Item?",
                              .element = &values::kItem};
const pf_param kParams[] = {
    {"item", &kOptItem, "", "none", none, offsetof(Params, item), 0},
    {"items", &values::kItems, "", "[]", none, offsetof(Params, items), 0},
    {"data", &values::kJsonType, "", "null", none, offsetof(Params, data), 0},
    {"counts", &values::kIntMap, "", "{}", none, offsetof(Params, counts), 0}};
const pf_field kResults[] = {{"item", "item", &kOptItem, offsetof(Params, item)},
                             {"items", "items", &values::kItems, offsetof(Params, items)},
                             {"data", "data", &values::kJsonType, offsetof(Params, data)},
                             {"counts", "counts", &values::kIntMap, offsetof(Params, counts)}};

pf_program echo_program() {
  pf_program program = {};
  program.abi_version = PF_ABI_VERSION;
  program.name = "prog";
  program.doc = "";
  program.params = kParams;
  program.param_count = 4;
  program.params_size = sizeof(Params);
  program.results = kResults;
  program.result_count = 4;
  program.results_size = sizeof(Params);
  program.run = [](const void* params, void* results) {
    memcpy(results, params, sizeof(Params));
    for (const pf_field& result : kResults)
      pf_retain_value(static_cast<char*>(results) + result.offset, result.type);
    return false;
  };
  return program;
}

std::string echo(std::vector<std::string> arguments) {
  Outcome outcome = run_program(echo_program(), std::move(arguments));
  return outcome.exit_code == 0 ? outcome.out : outcome.err.substr(0, outcome.err.find('\n'));
}

TEST(DataParams, AreJson) {
  EXPECT_EQ(echo({R"(--item={"id":1})", "--counts", R"({"a":1})", "--data=[1,null]"}),
            R"({"item":{"id":1,"Label":"none","score":null},"items":[],"data":[1,null],)"
            R"("counts":{"a":1}})"
            "\n");
}

TEST(DataParams, ListsOfRecordsByRepeating) {
  EXPECT_EQ(echo({R"(--items={"id":1})", R"(--items={"id":2})"}),
            R"({"item":null,"items":[{"id":1,"Label":"none","score":null},)"
            R"({"id":2,"Label":"none","score":null}],"data":null,"counts":{}})"
            "\n");
}

TEST(DataParams, FromAFile) {
  char name[] = "/tmp/pf-params-XXXXXX";
  close(mkstemp(name));
  std::ofstream(name) << "{\"id\": 7}\n";
  EXPECT_EQ(echo({std::string("--data=@") + name}),
            "{\"item\":null,\"items\":[],\"data\":{\"id\":7},\"counts\":{}}\n");
  remove(name);
  EXPECT_EQ(echo({std::string("--data=@") + name}), std::string("error[PF0901]: `--data` names ") +
                                                        "the file `" + name +
                                                        "`: No such file or directory");
}

TEST(DataParams, MistakesSayWhereTheyAre) {
  EXPECT_EQ(echo({R"(--item={"id":"1"})"}),
            "error[PF0901]: `--item` expects JSON for `Item`: $.id: expected int, found str");
  EXPECT_EQ(echo({"--counts={a:1}"}),
            "error[PF0901]: `--counts` expects JSON for `map<int>`: "
            "expected a string as key at offset 1");
}

/// A flow `main(in items: stream<T>) -> items`.
template <const pf_type& kType>
pf_program stream_program() {
  static const pf_param kStreamParam[] = {{"items", &kType, "", nullptr, nullptr, 0, 1}};
  static const pf_field kStreamResult[] = {{"items", "items", &kType, 0}};
  pf_program program = echo_program();
  program.params = kStreamParam;
  program.param_count = 1;
  program.results = kStreamResult;
  program.result_count = 1;
  program.run = [](const void* params, void* results) {
    memcpy(results, params, sizeof(pf_stream*));
    pf_retain_value(results, &kType);
    return false;
  };
  return program;
}

TEST(StreamResult, PrintsAnItemALine) {
  EXPECT_EQ(run_program(stream_program<kTextStream>(), {"--items", "a", "--items=b c"}).out,
            "a\nb c\n");
  EXPECT_EQ(run_program(stream_program<kItemStream>(), {R"(--items={"id":1})"}).out,
            "{\"id\":1,\"Label\":\"none\",\"score\":null}\n");
}

TEST(StreamResult, IsAListWithJson) {
  EXPECT_EQ(run_program(stream_program<kTextStream>(), {"--json", "--items", "a", "--items=b"}).out,
            "{\"result\":[\"a\",\"b\"]}\n");
}

TEST(StreamParam, TakesLinesFromStandardInput) {
  Outcome outcome = run_program(stream_program<kTextStream>(), {}, {.stdin_text = "one\r\n\ntwo"});
  EXPECT_EQ(outcome.out, "one\n\ntwo\n");
  outcome = run_program(stream_program<kTextStream>(), {}, {.stdin_text = "ok\n\xff\n"});
  EXPECT_EQ(outcome.out, "ok\n") << "what came before the failure is printed";
  EXPECT_NE(outcome.err.find("standard input is not UTF-8: byte 0xff at offset 3"),
            std::string::npos);
  EXPECT_EQ(outcome.exit_code, 1);
}

TEST(StreamParam, IsMissingWithoutInput) {
  Outcome outcome = run_program(stream_program<kTextStream>(), {});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("`--items` is missing"), std::string::npos);
}

}  // namespace
