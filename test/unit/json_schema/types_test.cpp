#include "frontend/json_schema/types.h"

#include <gtest/gtest.h>

namespace pflow::json_schema {
namespace {

/// The type of a schema; behind it, one a line, what was declared for it.
std::string typed(const char* text) {
  const boost::json::value schema = boost::json::parse(text);
  NameTable names;
  Types types(schema, names);
  Result<Type> made = types.of(schema, "Root");
  if (!made) return "failure: " + made.message();
  const std::string declared = types.declarations();
  return made->whole() + (declared.empty() ? "" : "\n" + declared);
}

TEST(JsonSchema, Scalars) {
  EXPECT_EQ(typed(R"({"type": "string"})"), "str");
  EXPECT_EQ(typed(R"({"type": "string", "format": "date-time"})"), "str");
  EXPECT_EQ(typed(R"({"type": "string", "contentEncoding": "base64"})"), "bytes");
  EXPECT_EQ(typed(R"({"type": "integer"})"), "int");
  EXPECT_EQ(typed(R"({"type": "number"})"), "float");
  EXPECT_EQ(typed(R"({"type": "boolean"})"), "bool");
}

TEST(JsonSchema, WhatSaysNothingIsJson) {
  for (const char* text :
       {"true", "{}", R"({"type": "null"})", R"({"type": ["string", "integer"]})",
        R"({"enum": [1, "a"]})", R"({"anyOf": [{"type": "string"}, {"type": "integer"}]})"})
    EXPECT_EQ(typed(text), "json") << text;
  EXPECT_EQ(typed("false"), "failure: a schema `false`, which no value fits");
}

TEST(JsonSchema, EachWayToSayNull) {
  EXPECT_EQ(typed(R"({"type": ["string", "null"]})"), "str?");
  EXPECT_EQ(typed(R"({"type": "string", "nullable": true})"), "str?");
  EXPECT_EQ(typed(R"({"anyOf": [{"type": "string"}, {"type": "null"}]})"), "str?");
  EXPECT_EQ(typed(R"({"oneOf": [{"type": "null"}, {"type": "integer"}]})"), "int?");
  EXPECT_EQ(typed(R"({"enum": ["a", "b", null]})"), R"(("a" | "b")?)");
}

TEST(JsonSchema, TextsToChooseFrom) {
  EXPECT_EQ(typed(R"({"enum": ["a", "b", "a"]})"), R"("a" | "b")");
  EXPECT_EQ(typed(R"({"const": "a$\"b"})"), R"("a\$\"b")");
  EXPECT_EQ(typed(R"({"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]})"), R"("a" | "b")");
}

TEST(JsonSchema, ListsAndMaps) {
  EXPECT_EQ(typed(R"({"type": "array", "items": {"type": "string"}})"), "[str]");
  EXPECT_EQ(typed(R"({"type": "array"})"), "[json]");
  EXPECT_EQ(typed(R"({"type": "array", "prefixItems": [{"type": "string"}]})"), "[json]");
  EXPECT_EQ(typed(R"({"type": "object"})"), "map<json>");
  EXPECT_EQ(typed(R"({"type": "object", "additionalProperties": {"type": "integer"}})"),
            "map<int>");
}

TEST(JsonSchema, Records) {
  EXPECT_EQ(typed(R"({"type": "object", "description": "A cup.", "required": ["of", "may"],
    "properties": {"of": {"type": "string", "description": "What"}, "class-name": {"type": "string"},
                   "size": {"type": "integer", "default": 3}, "may": {"type": ["integer", "null"]}}})"),
            "Root\n"
            "## A cup.\n"
            "schema Root {\n"
            "  ## What\n"
            "  of: str\n"
            "  class_name: str? = none as \"class-name\"\n"
            "  size: int = 3\n"
            "  may: int?\n"
            "}\n");
}

TEST(JsonSchema, AllOfIsOneRecord) {
  EXPECT_EQ(typed(R"({"allOf": [{"$ref": "#/$defs/A"}, {"type": "object", "required": ["b"],
    "properties": {"b": {"type": "integer"}}}],
    "$defs": {"A": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}}})"),
            "Root\nschema Root {\n  a: str\n  b: int\n}\n");
}

TEST(JsonSchema, SumsByATag) {
  EXPECT_EQ(typed(R"({"oneOf": [
    {"type": "object", "required": ["t", "n"], "properties": {"t": {"const": "one"}, "n": {"type": "integer"}}},
    {"$ref": "#/$defs/Other"}],
    "$defs": {"Other": {"type": "object", "properties": {"t": {"enum": ["two"]}}}}})"),
            "Root\n"
            "schema RootOne as \"one\" {\n  n: int\n}\n\n"
            "schema Other as \"two\" {\n}\n\n"
            "type Root = RootOne | Other by \"t\"\n");
}

TEST(JsonSchema, ReferencesThatHoldThemselves) {
  EXPECT_EQ(
      typed(R"({"$ref": "#/$defs/tree", "$defs": {"tree": {"type": "object", "required": ["of"],
    "properties": {"of": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}}})"),
      "Tree\nschema Tree {\n  of: [Tree]\n}\n");
  // One that could never end.
  EXPECT_EQ(typed(R"({"$ref": "#/$defs/a", "$defs": {"a": {"type": "object", "required": ["of"],
    "properties": {"of": {"$ref": "#/$defs/a"}}}}})"),
            "A\nschema A {\n  of: json\n}\n");
  EXPECT_EQ(typed(R"({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}})"), "json");
}

TEST(JsonSchema, ReferencesThatLeadNowhere) {
  EXPECT_EQ(typed(R"({"$ref": "#/$defs/a"})"),
            "failure: `$ref` points to `#/$defs/a`, which is not there");
  EXPECT_EQ(typed(R"({"$ref": "other.json#/a"})"),
            "failure: `$ref` points to `other.json#/a`, which is outside of the document");
  EXPECT_EQ(typed(R"({"$ref": "#/x~1y/%41~0", "x/y": {"A~": {"type": "string"}}})"), "str");
}

TEST(JsonSchema, DepthIsBounded) {
  std::string deep = R"({"type": "string"})";
  for (int i = 0; i < 900; ++i) deep = R"({"type": "array", "items": )" + deep + "}";
  boost::json::parse_options options;
  options.max_depth = 10000;
  const boost::json::value schema = boost::json::parse(deep, {}, options);
  NameTable names;
  Types types(schema, names);
  EXPECT_TRUE(types.of(schema, "Root")->text.find("json") != std::string::npos);
}

}  // namespace
}  // namespace pflow::json_schema
