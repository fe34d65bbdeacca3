#include "frontend/openapi/interface.h"

#include <gtest/gtest.h>

namespace pflow::openapi {
namespace {

namespace json = boost::json;

/// What is made of a document with these paths; `more` stands behind them.
Interface made(const std::string& paths, const std::string& more = "") {
  Result<std::unique_ptr<Document>> read = Document::read(
      json::parse(R"({"openapi": "3.0.3", "servers": [{"url": "https://x.example/"}], "paths": {)" +
                  paths + "}" + more + "}"));
  return make_interface(**read, {"x", {}, "", "", {}, {}, [](std::string_view) { return false; }});
}

/// The text of the interface behind its first line.
std::string text(const std::string& paths, const std::string& more = "") {
  const std::string whole = made(paths, more).text;
  return whole.substr(whole.find('\n') + 1);
}

TEST(OpenapiInterface, ParametersArePorts) {
  EXPECT_EQ(
      text(
          R"("/pets/{id}": {"parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}],
    "get": {"operationId": "getPet", "summary": "One pet", "parameters": [
      {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}, "description": "Which"},
      {"name": "X-Trace-Id", "in": "header", "schema": {"type": "string"}},
      {"name": "Accept", "in": "header", "schema": {"type": "string"}},
      {"name": "size", "in": "query", "schema": {"type": "integer", "default": 3}}]}})"),
      "\n"
      "## One pet\n"
      "## It changes nothing.\n"
      "node get_pet(\n"
      "  ## Which\n"
      "  in id: int,\n"
      "  x_Trace_Id: str? = none,\n"
      "  ## Default: 3\n"
      "  size: int? = none,\n"
      ") by openapi(\"x\", \"getPet\") repeatable\n");
}

TEST(OpenapiInterface, FieldsOfABodyArePorts) {
  const Interface all = made(R"("/pets/{id}": {"post": {"operationId": "setPet",
    "parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}],
    "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object",
      "required": ["name"], "properties": {"id": {"type": "integer"}, "name": {"type": "string", "nullable": true}}}}}},
    "responses": {"200": {"content": {"application/json": {"schema": {"type": "array", "items": {"type": "string"}}}}}}}})");
  EXPECT_NE(all.text.find(
                "node set_pet(\n  id: str,\n  name: str?,\n  body_id: int? = none,\n) -> [str] by"),
            std::string::npos)
      << all.text;
  EXPECT_EQ(json::serialize(all.operations.at("setPet").at("body")),
            R"({"type":"application/json","form":"json","parts":[{"port":"body_id","name":"id"},)"
            R"({"port":"name","name":"name","required":true}],"required":true})");
}

TEST(OpenapiInterface, ResultsByStatus) {
  const auto result = [](const std::string& responses) {
    const std::string whole =
        text(R"("/a": {"post": {"operationId": "a", "responses": {)" + responses + "}}}");
    return whole.substr(whole.find("node"));
  };
  EXPECT_EQ(result(R"("204": {"description": ""})"), "node a() by openapi(\"x\", \"a\")\n");
  EXPECT_EQ(result(R"("200": {"content": {"text/html": {}}})"),
            "node a() -> str by openapi(\"x\", \"a\")\n");
  EXPECT_EQ(result(R"("200": {"content": {"image/png": {}}})"),
            "node a() -> bytes by openapi(\"x\", \"a\")\n");
  EXPECT_EQ(
      result(
          R"("200": {"content": {"application/json": {"schema": {"type": "integer"}}}}, "204": {})"),
      "node a() -> int? by openapi(\"x\", \"a\")\n");
  EXPECT_EQ(
      result(
          R"("200": {"headers": {"Link": {}}, "content": {"application/json": {"schema": {"type": "integer"}}}})"),
      "node a() -> (out result: int, headers: map<str>) by openapi(\"x\", \"a\")\n");
  EXPECT_EQ(
      result(R"("200": {"content": {"application/json": {"schema": {"type": "integer"}}}},
                      "202": {"content": {"text/plain": {}}})"),
      "node a() -> (out result: json, status: int, headers: map<str>) by openapi(\"x\", \"a\")\n");
  EXPECT_EQ(
      result(R"("default": {"content": {"application/json": {"schema": {"type": "integer"}}}})"),
      "node a() -> int by openapi(\"x\", \"a\")\n");
}

TEST(OpenapiInterface, WhatCannotBeTypedIsLeftOut) {
  const Interface all = made(R"("/a": {"get": {"parameters": [{"$ref": "#/nowhere"}]},
    "put": {"parameters": [{"name": "p", "in": "query", "style": "matrix", "schema": {}}]},
    "post": {"security": [{"cert": []}]},
    "patch": {"parameters": [{"name": "p", "in": "query", "schema": {"$ref": "#/components/schemas/A"}}]}},
    "/{b}": {"get": {}}, "/fine": {"get": {}})",
                             R"(, "components": {"securitySchemes": {"cert": {"type": "mutualTLS"}},
    "schemas": {"A": {"type": "object", "properties": {"b": {"$ref": "other.yaml#/B"}}}}})");
  std::string said;
  for (const auto& [operation, why] : all.left_out) said += operation + ": " + why + "\n";
  EXPECT_EQ(said,
            "GET /a: `$ref` points to `#/nowhere`, which is not there\n"
            "PUT /a: its parameter `p` has the style `matrix`, which there is none of in `query`\n"
            "POST /a: it needs `cert`, which no key meets\n"
            "PATCH /a: its parameter `p`: `b`: `$ref` points to `other.yaml#/B`, which is outside "
            "of the document\n"
            "GET /{b}: `{b}` of its path is no parameter\n");
  EXPECT_EQ(all.operations.size(), 1);
  EXPECT_EQ(all.text.find("schema A"), std::string::npos);
}

TEST(OpenapiInterface, ServersToChooseFrom) {
  Result<std::unique_ptr<Document>> read =
      Document::read(json::parse(R"({"openapi": "3.1.0", "servers": [
    {"url": "https://{zone}.x.example", "variables": {"zone": {"default": "eu", "enum": ["eu", "us"]}, "v": {"default": "1"}}}],
    "paths": {"/a": {"get": {"operationId": "a"}},
              "/b": {"servers": [{"url": "https://b.example"}, {"url": "https://c.example"}], "get": {"operationId": "b"}}}})"));
  const Interface all =
      make_interface(**read, {"x", {}, "", "", {}, {}, [](std::string_view) { return false; }});
  EXPECT_NE(all.text.find("node a(\n  zone: \"eu\" | \"us\" = \"eu\",\n)"), std::string::npos)
      << all.text;
  EXPECT_NE(all.text.find(
                "server: \"https://b.example\" | \"https://c.example\" = \"https://b.example\","),
            std::string::npos)
      << all.text;
  EXPECT_EQ(json::serialize(all.api),
            R"({"url":"https://{zone}.x.example","variables":{"zone":"eu","v":"1"}})");
}

TEST(OpenapiInterface, Swagger) {
  Result<std::unique_ptr<Document>> read =
      Document::read(json::parse(R"({"swagger": "2.0", "host": "x.example",
    "basePath": "/v1", "schemes": ["http"], "consumes": ["application/json"],
    "securityDefinitions": {"me": {"type": "basic"}}, "security": [{"me": []}],
    "paths": {"/a": {"post": {"operationId": "a", "parameters": [
      {"name": "ids", "in": "query", "type": "array", "items": {"type": "integer"}, "collectionFormat": "pipes"},
      {"name": "body", "in": "body", "required": true, "schema": {"$ref": "#/definitions/A"}}],
      "responses": {"200": {"schema": {"$ref": "#/definitions/A"}}}},
      "put": {"operationId": "b", "parameters": [{"name": "f", "in": "formData", "type": "file", "required": true}]}}},
    "definitions": {"A": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}}})"));
  ASSERT_TRUE(read);
  const Interface all =
      make_interface(**read, {"x", {}, "", "", {}, {}, [](std::string_view) { return false; }});
  EXPECT_EQ(json::serialize(all.api),
            R"({"url":"http://x.example/v1","security":{"me":{"in":"basic","key":"x"}}})");
  EXPECT_NE(all.text.find("node a(\n  in n: int,\n  ids: [int]? = none,\n) -> A by"),
            std::string::npos)
      << all.text;
  EXPECT_NE(all.text.find("node b(\n  in f: bytes,\n) by"), std::string::npos) << all.text;
  EXPECT_EQ(json::serialize(all.operations.at("a").at("parameters")),
            R"([{"in":"query","name":"ids","style":"pipeDelimited","port":"ids"}])");
}

TEST(OpenapiInterface, Patterns) {
  json::object object{{"tags", json::array{"pets"}}};
  const Operation operation{"listPets", "GET", "/pets/{id}/toys", nullptr, &object};
  for (const char* pattern :
       {"listPets", "list_pets", "list*", "*", "pets", "pets.*", "/pets*", "GET /pets/*/toys"})
    EXPECT_TRUE(fits(operation, pattern)) << pattern;
  for (const char* pattern : {"list", "POST *", "pet.*", "*x"})
    EXPECT_FALSE(fits(operation, pattern)) << pattern;
}

}  // namespace
}  // namespace pflow::openapi
