// The nodes of module `data`.
#include <algorithm>
#include <iterator>

#include "data.pf.hpp"
#include "pflow/sha256.hpp"
#include "test/unit/nodes/node_call.h"
#include "test/unit/runtime/data_values.h"

using namespace node_test;

namespace {

template <typename Node, typename In, typename Out>
std::string call_text(Node node, In in, pf_str Out::* port) {
  NodeRun<In, Out> run(node, in);
  if (run.status == PF_FAILED) {
    pf_str_release(run.out.*port);
    return run.failure();
  }
  return taken(run.out.*port);
}

std::string url_decode(std::string_view encoded) {
  return call_text(pfn_data_url_decode, url_decode_in{text(encoded)}, &url_decode_out::text);
}

std::string uuid(std::string_view space, std::string_view name) {
  return call_text(pfn_data_uuid_v5, uuid_v5_in{text(space), text(name)}, &uuid_v5_out::uuid);
}

std::string sha256(const void* value, const pf_type& type) {
  return call_text(pfn_data_sha256, sha256_in{&type, value}, &sha256_out::hash);
}

}  // namespace

TEST(Data, ParseJsonFillsTheSchema) {
  values::Held<values::Item> item(values::kItem);
  pf_call call{};
  parse_json_in in{&values::kItem, text(R"({"id":3,"more":[]})")};
  parse_json_out out{&item.value};
  ASSERT_EQ(pfn_data_parse_json(&call, &in, &out), PF_DONE);
  EXPECT_EQ(values::json_of(&item.value, values::kItem), R"({"id":3,"Label":"none","score":null})");
}

TEST(Data, ParseJsonFailsWithThePath) {
  values::Item item{};
  pf_call call{};
  parse_json_in in{&values::kItem, text(R"({"id":"3"})")};
  parse_json_out out{&item};
  EXPECT_EQ(pfn_data_parse_json(&call, &in, &out), PF_FAILED);
  EXPECT_EQ(failure(call), "schema: $.id: expected int, found str");
}

TEST(Data, PrettyJson) {
  pf_list list = values::ints({1, 2});
  NodeRun<pretty_json_in, pretty_json_out> run(pfn_data_pretty_json, {&values::kInts, &list, 4});
  EXPECT_EQ(taken(run.out.text), "[\n    1,\n    2\n]");
  NodeRun<pretty_json_in, pretty_json_out> wide(pfn_data_pretty_json, {&values::kInts, &list, 17});
  EXPECT_EQ(wide.failure(), "value: `indent` is 17: expected 0 to 16");
  values::drop(list, values::kInts);
}

TEST(Data, Sha256OfTextAndOfOtherValues) {
  pf_str abc = text("abc"), digits = text("12");
  int64_t number = 12;
  EXPECT_EQ(sha256(&abc, values::kStr),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(&abc, values::kBytes), sha256(&abc, values::kStr));
  EXPECT_EQ(sha256(&number, values::kInt), sha256(&digits, values::kStr));
}

#ifdef __x86_64__
TEST(Data, Sha256IsTheSameByInstructionsOfTheProcessor) {
  if (!pflow::sha256::has_instructions()) GTEST_SKIP() << "this processor has none";
  uint32_t words[8] = {1, 2, 3, 4, 5, 6, 7, 0xfffffff8}, instructions[8];
  std::copy(std::begin(words), std::end(words), std::begin(instructions));
  uint8_t block[64];
  for (int round = 0; round < 100; ++round) {
    for (int i = 0; i < 64; ++i) block[i] = static_cast<uint8_t>(i * 37 + round * 101);
    pflow::sha256::compress_in_words(words, block);
    pflow::sha256::compress_by_instructions(instructions, block);
    ASSERT_TRUE(std::equal(std::begin(words), std::end(words), std::begin(instructions)));
  }
}
#endif

TEST(Data, Base64) {
  for (auto [plain, coded] : std::initializer_list<std::pair<const char*, const char*>>{
           {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}}) {
    pf_str value = text(plain);
    EXPECT_EQ(call_text(pfn_data_base64_encode, base64_encode_in{&values::kStr, &value},
                        &base64_encode_out::text),
              coded);
    pf_str back{};
    pf_call call{};
    base64_decode_in in{&values::kStr, text(coded)};
    base64_decode_out out{&back};
    ASSERT_EQ(pfn_data_base64_decode(&call, &in, &out), PF_DONE);
    EXPECT_EQ(taken(back), plain);
  }
}

TEST(Data, Base64OfBytesAndWhatIsNone) {
  auto decode = [](std::string_view coded, const pf_type& type) {
    pf_str data{};
    pf_call call{};
    base64_decode_in in{&type, text(coded)};
    base64_decode_out out{&data};
    bool done = pfn_data_base64_decode(&call, &in, &out) == PF_DONE;
    std::string got = taken(data);
    return done ? got : failure(call);
  };
  EXPECT_EQ(decode("/w==", values::kBytes), "\xff");
  EXPECT_EQ(decode("/w==", values::kStr),
            "parse: what is decoded is not UTF-8: byte 0xff at offset 0");
  EXPECT_EQ(decode("Zm9v\r\nYmFy\r\n", values::kStr), "foobar");
  EXPECT_EQ(decode(" Zm9\n vYg = =\n", values::kStr), "foob");
  EXPECT_EQ(decode("Zg", values::kStr), "f");
  EXPECT_EQ(decode("Zm8", values::kStr), "fo");
  EXPECT_EQ(decode("-_-_", values::kBytes), decode("+/+/", values::kBytes));
  EXPECT_EQ(decode("\n", values::kStr), "");
  for (auto [coded, wrong] : std::initializer_list<std::pair<const char*, const char*>>{
           {"Zm9v!Zm9", "a character that is no digit at offset 4"},
           {"Zm9vé", "a character that is no digit at offset 4"},
           {"Zm9vZ", "an end within a group of four at offset 5"},
           {"Zg=\n", "an end within a group of four at offset 4"},
           {"Zg===", "padding that does not fit at offset 4"},
           {"Z===", "padding that does not fit at offset 1"},
           {"Zm9v=", "padding that does not fit at offset 4"},
           {"=", "padding that does not fit at offset 0"},
           {"Zg==Zg==", "a digit behind the padding at offset 4"},
           {"Zh==", "a digit with bits that belong to no byte at offset 1"},
           {"Zm9", "a digit with bits that belong to no byte at offset 2"}})
    EXPECT_EQ(decode(coded, values::kStr), std::string("parse: the text is no base64: ") + wrong);
  EXPECT_EQ(decode("Zg==", values::kInt), "value: `schema` is int: expected `str` or `bytes`");
}

TEST(Data, UrlEncoding) {
  EXPECT_EQ(
      call_text(pfn_data_url_encode, url_encode_in{text("a b/é~+%")}, &url_encode_out::encoded),
      "a%20b%2F%C3%A9~%2B%25");
  EXPECT_EQ(url_decode("a%20b%2f%C3%A9~+%25"), "a b/é~+%");
  for (const char* cut : {"ab%", "ab%4", "ab%4g"})
    EXPECT_EQ(url_decode(cut), "parse: expected two hexadecimal digits after `%` at offset 2");
  EXPECT_EQ(url_decode("a%ff"), "parse: what is decoded is not UTF-8: byte 0xff at offset 1");
}

TEST(Data, UuidOfAName) {
  EXPECT_EQ(uuid("dns", "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  EXPECT_EQ(uuid("6BA7B811-9dad-11d1-80b4-00c04fd430c8", "http://www.example.com/"),
            uuid("url", "http://www.example.com/"));
  EXPECT_EQ(uuid("dns", std::string(200, 'x')), uuid("dns", std::string(200, 'x')));
  EXPECT_EQ(uuid("home", "x"), "value: `namespace` is no UUID: `home`");
}

TEST(Data, UnsafeTextStandsAsItIs) {
  NodeRun<sql_unsafe_in, sql_unsafe_out> query(pfn_data_sql_unsafe, {text("select 1")});
  EXPECT_EQ(string(query.out.query.text), "select 1");
  EXPECT_EQ(query.out.query.args.head, nullptr);
  NodeRun<shell_unsafe_in, shell_unsafe_out> command(pfn_data_shell_unsafe, {text("ls | wc")});
  EXPECT_EQ(string(command.out.command.script), "ls | wc");
  NodeRun<shell_unsafe_in, shell_unsafe_out> cut(pfn_data_shell_unsafe,
                                                 {text(std::string_view("a\0b", 3))});
  EXPECT_EQ(cut.failure(), "value: the command holds a NUL byte");
}
