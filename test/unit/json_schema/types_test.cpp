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

constexpr const char* kPets = R"("components": {"schemas": {
    "Pet": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}}},
    "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"lives": {"type": "integer"}}}]},
    "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"size": {"type": "number"}}}]}}}})";

TEST(JsonSchema, SumsByADiscriminator) {
  const std::string schema =
      R"({"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
    "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat", "hound": "#/components/schemas/Dog"}}, )";
  EXPECT_EQ(typed((schema + kPets).c_str()),
            "Root\n"
            "schema Cat as \"cat\" {\n  lives: int? = none\n}\n\n"
            "schema Dog as \"hound\" {\n  size: float? = none\n}\n\n"
            "type Root = Cat | Dog by \"kind\"\n");
}

TEST(JsonSchema, ParentsWithADiscriminatorAreTheSumOfTheirHeirs) {
  EXPECT_EQ(typed((std::string(R"({"$ref": "#/components/schemas/Pet", )") + kPets).c_str()),
            "Pet\n"
            "schema Cat as \"cat\" {\n  lives: int? = none\n}\n\n"
            "schema Dog as \"Dog\" {\n  size: float? = none\n}\n\n"
            "type Pet = Cat | Dog by \"kind\"\n");
}

TEST(JsonSchema, SumsThatHoldThemselves) {
  EXPECT_EQ(typed(R"({"$ref": "#/$defs/node", "$defs": {
    "node": {"oneOf": [{"$ref": "#/$defs/leaf"}, {"$ref": "#/$defs/tree"}],
             "discriminator": {"propertyName": "is"}},
    "leaf": {"type": "object", "properties": {"is": {"const": "leaf"}, "n": {"type": "integer"}}},
    "tree": {"type": "object", "required": ["of"], "properties": {"is": {"const": "tree"},
             "of": {"type": "array", "items": {"$ref": "#/$defs/node"}}}}}})"),
            "Node\n"
            "schema Leaf as \"leaf\" {\n  n: int? = none\n}\n\n"
            "schema Tree as \"tree\" {\n  of: [Node]\n}\n\n"
            "type Node = Leaf | Tree by \"is\"\n");
}

TEST(JsonSchema, Bytes) {
  EXPECT_EQ(typed(R"({"type": "string", "format": "binary"})"), "bytes");
  EXPECT_EQ(typed(R"({"type": "string", "format": "byte"})"), "bytes");
  EXPECT_EQ(typed(R"({"type": "string", "contentMediaType": "image/png"})"), "bytes");
  EXPECT_EQ(typed(R"({"type": "string", "contentMediaType": "text/html"})"), "str");
}

TEST(JsonSchema, NumbersToChooseFrom) {
  EXPECT_EQ(typed(R"({"type": "integer", "enum": [1, 2]})"), "int");
  EXPECT_EQ(typed(R"({"enum": [1, "a"]})"), "json");
}

/// The types of one schema as it is sent and as it is received.
std::string both_ways(const char* text) {
  const boost::json::value document = boost::json::parse(text);
  const boost::json::value schema = boost::json::object{{"$ref", "#/$defs/Pet"}};
  NameTable names;
  Types types(document, names);
  types.set_use(Use::Sent);
  std::string made = types.of(schema, "Sent")->whole();
  types.set_use(Use::Received);
  made += ' ' + types.of(schema, "Received")->whole();
  return made + '\n' + types.declarations();
}

TEST(JsonSchema, WhatIsOnlyReadIsNotSent) {
  EXPECT_EQ(both_ways(R"({"$defs": {"Pet": {"type": "object", "required": ["id", "name"],
    "properties": {"id": {"type": "integer", "readOnly": true}, "name": {"type": "string", "default": "x"},
                   "pin": {"type": "string", "writeOnly": true}}}}})"),
            "PetInput Pet\n"
            "schema PetInput {\n  name: str\n  pin: str? = none\n}\n\n"
            "schema Pet {\n  id: int\n  name: str\n}\n");
  EXPECT_EQ(both_ways(R"({"$defs": {"Pet": {"type": "object", "required": ["name"],
    "properties": {"name": {"type": "string"}}}}})"),
            "Pet Pet\nschema Pet {\n  name: str\n}\n");
}

TEST(JsonSchema, WhatARecordCannotHoldIsSentAsJson) {
  const auto sent = [](const char* choice) {
    const std::string text =
        std::string(R"({"type": "object", "properties": {"a": {"type": "string"}}, "anyOf": [)") +
        choice + "]}";
    const boost::json::value schema = boost::json::parse(text);
    NameTable names;
    Types types(schema, names);
    types.set_use(Use::Sent);
    return types.of(schema, "Root")->whole();
  };
  EXPECT_EQ(sent(R"({"required": ["a"]})"), "Root");
  EXPECT_EQ(sent(R"({"properties": {"a": {"minLength": 1}}})"), "Root");
  EXPECT_EQ(sent(R"({"properties": {"b": {"type": "string"}}})"), "json");
}

TEST(JsonSchema, RecordsThatMayBeNull) {
  EXPECT_EQ(
      typed(
          R"({"$ref": "#/$defs/a", "$defs": {"a": {"type": ["object", "null"], "properties": {"n": {"type": "integer"}}}}})"),
      "A?\nschema A {\n  n: int? = none\n}\n");
}

TEST(JsonSchema, WhatIsForgottenWasNeverMade) {
  const boost::json::value document = boost::json::parse(R"({"$defs": {
    "A": {"type": "object", "required": ["b"], "properties": {"b": {"$ref": "#/$defs/B"}, "c": {"$ref": "#/none"}}},
    "B": {"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}, "n": {"type": "integer"}}}}})");
  NameTable names;
  Types types(document, names);
  const Types::Mark mark = types.mark();
  EXPECT_FALSE(types.of(boost::json::object{{"$ref", "#/$defs/B"}}, "X"));
  types.forget(mark);
  EXPECT_EQ(types.declarations(), "");
  EXPECT_FALSE(types.of(boost::json::object{{"$ref", "#/$defs/B"}}, "X"));
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
