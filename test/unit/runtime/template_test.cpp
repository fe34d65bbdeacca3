// Templates of type url and sql: values are encoded or bound, never pasted.
#include <gtest/gtest.h>

#include "test/unit/runtime/data_values.h"

using values::lit;

namespace {

struct Hole {
  const char* before;
  pf_url_part part;
  pf_str value;
};

std::string url(std::vector<Hole> holes, const char* after, const pf_type& type = values::kStr) {
  std::vector<pf_piece> pieces;
  std::vector<const void*> found;
  for (const Hole& hole : holes) {
    pieces.push_back(
        {.text = lit(hole.before), .hole = &type, .part = static_cast<uint8_t>(hole.part)});
    found.push_back(&hole.value);
  }
  pieces.push_back({.text = lit(after)});
  pf_str out{};
  if (pf_url_make(&out, pieces.data(), found.data(), static_cast<int64_t>(holes.size()),
                  &values::kSite))
    return values::take_failure();
  return values::take(out);
}

TEST(Url, ValuesAreEncoded) {
  EXPECT_EQ(url({{"https://h/", PF_URL_PATH, lit("a/b c?d#e%é")}}, ""),
            "https://h/a%2Fb%20c%3Fd%23e%25%C3%A9");
  EXPECT_EQ(url({{"https://h/?q=", PF_URL_QUERY, lit("a&b=c d+e")},
                 {"&r=", PF_URL_QUERY, lit("A-z_0.9~")},
                 {"#", PF_URL_FRAGMENT, lit("x y")}},
                ""),
            "https://h/?q=a%26b%3Dc%20d%2Be&r=A-z_0.9~#x%20y");
}

TEST(Url, DotsAreNoSegment) {
  for (const char* dots : {".", ".."})
    EXPECT_EQ(url({{"https://h/", PF_URL_PATH, lit(dots)}}, "/x"),
              std::string("value: `") + dots + "` cannot be a part of a URL's path");
  EXPECT_EQ(url({{"https://h/", PF_URL_PATH, lit("...")}}, ""), "https://h/...");
  EXPECT_EQ(url({{"https://h/.", PF_URL_PATH, lit(".")}}, "?a"),
            "value: `..` cannot be a part of a URL's path");
  EXPECT_EQ(url({{"https://h/", PF_URL_PATH, lit(".")}}, "x"), "https://h/.x");
  EXPECT_EQ(url({{"https://h/a/", PF_URL_PATH, lit(".")}}, "./x"),
            "value: `..` cannot be a part of a URL's path");
  EXPECT_EQ(url({{"https://h/a/%2E", PF_URL_PATH, lit("")}}, "%2e#f"),
            "value: `%2E%2e` cannot be a part of a URL's path");
  EXPECT_EQ(url({{"https://h/a/", PF_URL_PATH, lit(".")}, {"", PF_URL_PATH, lit(".")}}, ".x"),
            "https://h/a/...x");
  EXPECT_EQ(url({{"https://h/", PF_URL_PATH, lit("%2e")}}, ""), "https://h/%252e");
}

TEST(Url, NothingIsNoSegment) {
  std::string refused = "value: an empty value cannot be a part of a URL's path";
  for (const char* blank : {"", "  ", "\t\n"}) {
    for (const char* after : {"", "/x", "?a=b", "#f", ".json"})
      EXPECT_EQ(url({{"https://h/", PF_URL_PATH, lit(blank)}}, after), refused) << after;
    EXPECT_EQ(url({{"https://h/", PF_URL_PATH, lit("")}, {"", PF_URL_PATH, lit(blank)}}, ""),
              refused);
  }
  EXPECT_EQ(url({{"https://h/a", PF_URL_PATH, lit("")}}, "/x"), "https://h/a/x");
  EXPECT_EQ(url({{"https://h/", PF_URL_PATH, lit("")}, {"", PF_URL_PATH, lit("b")}}, ""),
            "https://h/b");
  EXPECT_EQ(url({{"https://h/?q=", PF_URL_QUERY, lit("")}}, ""), "https://h/?q=");
}

TEST(Url, ABaseIsAnAbsoluteAddress) {
  EXPECT_EQ(url({{"", PF_URL_BASE, lit("http://127.0.0.1:80/api/")}}, "/v1"),
            "http://127.0.0.1:80/api/v1");
  EXPECT_EQ(url({{"", PF_URL_BASE, lit("HTTPS://h")}}, "/v1"), "HTTPS://h/v1");
  EXPECT_EQ(url({{"", PF_URL_BASE, lit("https://h/x?y=1")}}, ""), "https://h/x?y=1");
  for (const char* wrong : {"", "h", "/x", "ftp://h", "http://", "http:///x", "file:///etc",
                            "https://h/a b", "https://h\n"})
    EXPECT_EQ(url({{"", PF_URL_BASE, lit(wrong)}}, "/v1"),
              std::string("value: `") + wrong +
                  "` cannot begin a URL: expected an absolute http or https address");
}

TEST(Url, NothingMayExtendTheHostOfABase) {
  EXPECT_EQ(url({{"", PF_URL_BASE, lit("https://good")}}, ".evil.example"),
            "value: `https://good` cannot begin a URL: expected an absolute http or https address");
}

TEST(Url, ASecretIsSentButNotShown) {
  EXPECT_EQ(url({{"https://h/?key=", PF_URL_QUERY, lit("s3")}}, "", values::kSecret),
            "https://h/?key=s3");
  EXPECT_EQ(url({{"", PF_URL_BASE, lit("s3")}}, "", values::kSecret),
            "value: `***` cannot begin a URL: expected an absolute http or https address");
}

TEST(Sql, ValuesAreBound) {
  pf_str name = lit("x'; drop table t");
  int64_t id = 7;
  values::OptInt none{0, false};
  pf_list list = values::ints({1, 2});
  pf_piece pieces[] = {{lit("select * from t where a = "), &values::kStr, false, false, 0},
                       {lit(" and b = "), &values::kInt, false, false, 0},
                       {lit(" and c is "), &values::kOptInt, false, false, 0},
                       {lit(" or "), &values::kInts, false, false, 0},
                       {lit(""), nullptr, false, false, 0}};
  const void* holes[] = {&name, &id, &none, &list};
  pf_sql query{};
  pf_sql_make(&query, pieces, holes, 4);
  EXPECT_EQ(values::view(query.text), "select * from t where a = ? and b = ? and c is ? or ?");
  pf_json args{};
  args.kind = PF_JSON_ARRAY;
  args.list = query.args;
  EXPECT_EQ(values::json_of(&args, values::kJsonType), R"(["x'; drop table t",7,null,"[1,2]"])");
  constexpr pf_type kSql = {
      .kind = PF_SQL, .size = sizeof(pf_sql), .align = 8, .counted = 1, .name = "sql"};
  EXPECT_TRUE(pf_value_equal(&query, &query, &kSql));
  pf_drop_value(&query, &kSql);
  values::drop(list, values::kInts);
}

TEST(Sql, ADigitBehindAValueIsNoNumberOfAParameter) {
  int64_t id = 7;
  pf_piece pieces[] = {{lit("select "), &values::kInt, false, false, 0},
                       {lit("2"), nullptr, false, false, 0}};
  const void* holes[] = {&id};
  pf_sql query{};
  pf_sql_make(&query, pieces, holes, 1);
  EXPECT_EQ(values::take(query.text), "select ? 2");
  values::drop(query.args, pflow::rt::kJsonArrayType);
}

}  // namespace
