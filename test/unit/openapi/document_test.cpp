#include "frontend/openapi/document.h"

#include <gtest/gtest.h>

namespace pflow::openapi {
namespace {

std::string refusal(const char* text) {
  Result<std::unique_ptr<Document>> read = Document::read(boost::json::parse(text));
  return read ? "" : read.message();
}

TEST(OpenapiDocument, WhatIsNone) {
  EXPECT_EQ(refusal("[]"), "it is no OpenAPI document: it is no object");
  EXPECT_EQ(refusal(R"({"type": "object"})"),
            "it is no OpenAPI document: it has no `openapi: 3.…` and no `swagger: \"2.0\"`");
  EXPECT_EQ(refusal(R"({"openapi": "4.0.0", "paths": {}})"),
            "it is of version 4.0.0 of OpenAPI; those that can be read are 3.0, 3.1, 3.2 and 2.0");
  EXPECT_EQ(refusal(R"({"openapi": "3.1.0", "paths": []})"), "its `paths` are no object");
  EXPECT_EQ(refusal(R"({"openapi": "3.1.0", "webhooks": {}})"),
            "it has no `paths`, so there is nothing to call");
}

TEST(OpenapiDocument, Operations) {
  Result<std::unique_ptr<Document>> read =
      Document::read(boost::json::parse(R"({"openapi": "3.1.0", "paths": {
    "/a": {"summary": "A", "get": {"operationId": "one"}, "post": {}},
    "/b": {"$ref": "#/components/pathItems/b"}, "/c": {"$ref": "#/nowhere"}},
    "components": {"pathItems": {"b": {"delete": {"operationId": "one"}}}}})"));
  ASSERT_TRUE(read);
  std::string ids;
  for (const Operation& operation : (*read)->operations())
    ids += operation.id + " (" + operation.place() + ") ";
  EXPECT_EQ(ids, "one (GET /a) POST /a (POST /a) DELETE /b (DELETE /b) ");
}

TEST(OpenapiDocument, ReferencesThatLeadToThemselves) {
  Result<std::unique_ptr<Document>> read = Document::read(boost::json::parse(
      R"({"openapi": "3.0.0", "paths": {}, "a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}})"));
  ASSERT_TRUE(read);
  std::string problem;
  EXPECT_EQ((*read)->resolved((*read)->object().at("a"), problem), nullptr);
  EXPECT_EQ(problem, "a `$ref` leads to itself");
}

}  // namespace
}  // namespace pflow::openapi
