#include "frontend/openapi/pages.h"

#include <gtest/gtest.h>

#include "frontend/openapi/interface.h"

namespace pflow::openapi {
namespace {

namespace json = boost::json;

/// What is made of a GET with these parameters and this schema of its answer.
Interface described(const std::string& parameters, const std::string& schema,
                    const std::string& headers = "", const std::string& form = "") {
  Result<std::unique_ptr<Document>> read = Document::read(json::parse(
      R"({"openapi": "3.1.0", "servers": [{"url": "https://x.example/"}], "paths": {"/pets": {"get": {
        "operationId": "listPets", "parameters": [)" +
      parameters + R"(], "responses": {"200": {"headers": {)" + headers +
      R"(}, "content": {"application/json": {"schema": )" + schema + R"(}}}}}}},
      "components": {"schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string"}}}}}})"));
  Wanted wanted{.name = "x", .is_taken = [](std::string_view) { return false; }};
  if (!form.empty()) wanted.pages = {{"listPets", form}};
  return make_interface(**read, wanted);
}

std::string plan(const Interface& made) {
  const json::object& operation = made.operations.at("listPets").get_object();
  return operation.contains("pages") ? json::serialize(operation.at("pages")) : "";
}

std::string text_parameter(const std::string& name) {
  return R"({"name": ")" + name + R"(", "in": "query", "schema": {"type": "string"}})";
}
std::string number_parameter(const std::string& name, const std::string& more = "") {
  return R"({"name": ")" + name + R"(", "in": "query", "schema": {"type": "integer")" + more + "}}";
}

const std::string kPets = R"({"type": "array", "items": {"$ref": "#/components/schemas/Pet"}})";
const std::string kLink = R"("Link": {"schema": {"type": "string"}})";

/// An object with the list `data`, and these properties.
std::string page_of(const std::string& properties) {
  return R"({"type": "object", "properties": {"data": )" + kPets + ", " + properties + "}}";
}

TEST(OpenapiPages, OfAHeader) {
  const Interface all = described(number_parameter("page"), kPets, kLink);
  EXPECT_EQ(plan(all), R"({"by":"link","items":[]})");
  EXPECT_NE(all.text.find("node list_pets_all(\n  page: int? = none,\n) -> stream<Pet> by "
                          "openapi(\"x\", \"listPets\") repeatable"),
            std::string::npos)
      << all.text;
}

TEST(OpenapiPages, OfACursor) {
  const std::string nullable = R"("next_cursor": {"type": ["string", "null"]})";
  const Interface all =
      described(text_parameter("Cursor") + "," + number_parameter("limit"), page_of(nullable));
  EXPECT_EQ(plan(all),
            R"({"by":"cursor","items":["data"],"parameter":"Cursor","next":["next_cursor"]})");
  EXPECT_NE(all.text.find("list_pets_all(\n  limit: int? = none,\n) -> stream<Pet>"),
            std::string::npos);
  const std::string within =
      R"("pagination": {"type": "object", "properties": {"nextPageToken": {"type": "string"}}})";
  EXPECT_EQ(
      plan(described(text_parameter("page_token"), page_of(within))),
      R"({"by":"cursor","items":["data"],"parameter":"page_token","next":["pagination","nextPageToken"]})");
}

TEST(OpenapiPages, OfAnAddress) {
  EXPECT_EQ(
      plan(described("", page_of(R"("next": {"anyOf": [{"type": "string"}, {"type": "null"}]})"))),
      R"({"by":"next","items":["data"],"next":["next"]})");
  const std::string links =
      R"("_links": {"type": "object", "properties": {"next": {"type": "object",
    "properties": {"href": {"type": "string"}}}}})";
  EXPECT_EQ(plan(described("", page_of(links))),
            R"({"by":"next","items":["data"],"next":["_links","next","href"]})");
}

TEST(OpenapiPages, Counted) {
  EXPECT_EQ(plan(described(number_parameter("page"), kPets)),
            R"({"by":"page","items":[],"parameter":"page","first":1})");
  EXPECT_EQ(plan(described(number_parameter("pageNumber", R"(, "default": 0)"), kPets)),
            R"({"by":"page","items":[],"parameter":"pageNumber","first":0})");
  EXPECT_EQ(plan(described(number_parameter("offset") + "," + number_parameter("limit"), kPets)),
            R"({"by":"offset","items":[],"parameter":"offset","first":0})");
}

TEST(OpenapiPages, WithoutASign) {
  EXPECT_EQ(plan(described(number_parameter("limit"), kPets)), "");
  EXPECT_EQ(plan(described(number_parameter("page"), R"({"$ref": "#/components/schemas/Pet"})")),
            "");
  // Which of the lists is it?
  const std::string two =
      R"({"type": "object", "properties": {"cats": )" + kPets + R"(, "dogs": )" + kPets + "}}";
  EXPECT_EQ(plan(described(number_parameter("page"), two)), "");
  EXPECT_EQ(plan(described(text_parameter("page"), kPets)), "");
}

TEST(OpenapiPages, AsTheyAreSaidToBe) {
  EXPECT_EQ(plan(described(number_parameter("page"), kPets, kLink, "page")),
            R"({"by":"page","items":[],"parameter":"page","first":1})");
  EXPECT_EQ(plan(described("", kPets, "", "link")), R"({"by":"link","items":[]})");
  EXPECT_EQ(plan(described(number_parameter("page"), kPets, "", "none")), "");
  EXPECT_EQ(described("", kPets, "", "offset").problem,
            "the pages of `listPets`: nothing in its description is for `offset`");
  EXPECT_EQ(
      described("", R"({"type": "string"})", "", "link").problem,
      "the pages of `listPets`: its answer has no list, or several and none is called `items` "
      "or `data`");
}

}  // namespace
}  // namespace pflow::openapi
