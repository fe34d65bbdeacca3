#include "frontend/json_schema/names.h"

#include <gtest/gtest.h>

namespace pflow::json_schema {
namespace {

TEST(JsonSchemaNames, OfValues) {
  EXPECT_EQ(value_name("get-sum"), "get_sum");
  EXPECT_EQ(value_name("userId"), "userId");
  EXPECT_EQ(value_name("URL"), "url");
  EXPECT_EQ(value_name("URLOf"), "urlOf");
  EXPECT_EQ(value_name("$filter."), "filter");
  EXPECT_EQ(value_name("if"), "if_");
  EXPECT_EQ(value_name("2d"), "n2d");
  EXPECT_EQ(value_name("äö"), "n");
}

TEST(JsonSchemaNames, OfNodes) {
  EXPECT_EQ(node_name("listPets"), "list_pets");
  EXPECT_EQ(node_name("getHTTPResponse2xx"), "get_http_response2xx");
  EXPECT_EQ(node_name("repos/list-for-user"), "repos_list_for_user");
  EXPECT_EQ(node_name("GET /pets/{petId}"), "get_pets_pet_id");
}

TEST(JsonSchemaNames, OfTypes) {
  EXPECT_EQ(type_name("edit_file"), "EditFile");
  EXPECT_EQ(type_name("a.b-c"), "ABC");
  EXPECT_EQ(type_name("3d"), "T3d");
}

TEST(JsonSchemaNames, EachIsGivenOnce) {
  NameTable names;
  names.reserve("Error");
  EXPECT_EQ(names.take("A"), "A");
  EXPECT_EQ(names.take("A"), "A2");
  EXPECT_EQ(names.take("Error"), "Error2");
  EXPECT_EQ(names.take("A2"), "A2_2");
}

TEST(JsonSchemaNames, Docs) {
  EXPECT_EQ(doc_comment("One.\n\nTwo.\n\n", 2), "  ## One.\n  ##\n  ## Two.\n");
  EXPECT_EQ(doc_comment("", 2), "");
}

}  // namespace
}  // namespace pflow::json_schema
