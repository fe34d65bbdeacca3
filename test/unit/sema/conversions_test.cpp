#include "frontend/sema/types/conversions.h"

#include <gtest/gtest.h>

namespace pflow::sema {
namespace {

using ir::TypeId;

class Conversions : public testing::Test {
 protected:
  ir::TypeTable types;
  TypeId narrow = types.literal_union({"a", "b"});
  TypeId wide = types.literal_union({"a", "b", "c"});

  [[nodiscard]] bool to(TypeId from, TypeId target) const { return converts(types, from, target); }
};

TEST_F(Conversions, NothingIsLost) {
  EXPECT_TRUE(to(types.int_, types.float_));
  EXPECT_TRUE(to(types.str, types.secret));
  EXPECT_TRUE(to(types.str, types.path));
  EXPECT_TRUE(to(narrow, wide));
  EXPECT_TRUE(to(narrow, types.str));
  EXPECT_TRUE(to(types.int_, types.opt(types.int_)));
  EXPECT_TRUE(to(types.int_, types.opt(types.float_)));
  EXPECT_TRUE(to(types.none, types.opt(types.str)));
  EXPECT_TRUE(to(types.never, types.int_));
}

TEST_F(Conversions, EverythingElseIsACall) {
  EXPECT_FALSE(to(types.float_, types.int_));
  EXPECT_FALSE(to(types.secret, types.str));
  EXPECT_FALSE(to(types.path, types.str));
  EXPECT_FALSE(to(types.str, types.cmd));
  EXPECT_FALSE(to(wide, narrow));
  EXPECT_FALSE(to(types.opt(types.int_), types.int_));
  EXPECT_FALSE(to(types.record("A"), types.record("A")));
}

TEST_F(Conversions, InsideContainersOnlyLiteralUnionsWiden) {
  EXPECT_TRUE(to(types.list(narrow), types.list(types.str)));
  EXPECT_TRUE(to(types.opt(types.list(narrow)), types.opt(types.list(wide))));
  EXPECT_FALSE(to(types.list(types.int_), types.list(types.float_)));
  EXPECT_FALSE(to(types.opt(types.int_), types.opt(types.float_)));
}

TEST_F(Conversions, RecordsAndNarrowerSumsAreOfAWiderSum) {
  TypeId a = types.record("A");
  TypeId b = types.record("B");
  TypeId c = types.record("C");
  EXPECT_TRUE(to(a, types.sum({a, b})));
  EXPECT_TRUE(to(types.sum({a, b}), types.sum({a, b, c})));
  EXPECT_FALSE(to(c, types.sum({a, b})));
  EXPECT_FALSE(to(types.sum({a, c}), types.sum({a, b})));
  EXPECT_FALSE(to(types.list(a), types.list(types.sum({a, b}))));
  EXPECT_EQ(join_types(types, types.sum({a, b}), c), types.sum({a, b, c}));
  EXPECT_FALSE(join_types(types, a, b).valid());
}

TEST_F(Conversions, AListIsAStream) {
  EXPECT_TRUE(to(types.list(types.str), types.stream(types.str)));
  EXPECT_TRUE(to(types.list(narrow), types.stream(types.str)));
  EXPECT_FALSE(to(types.list(types.int_), types.stream(types.float_)));
  EXPECT_FALSE(to(types.stream(types.str), types.list(types.str)));
}

TEST_F(Conversions, NothingIsJsonByItself) {
  EXPECT_FALSE(to(types.str, types.json));
  EXPECT_FALSE(to(types.json, types.str));
  EXPECT_FALSE(to(types.map(types.json), types.json));
}

TEST_F(Conversions, SecretsAreFoundEverywhere) {
  TypeId record = types.record("R");
  types.set_fields(record, {{"a", "a", types.map(types.opt(types.secret)), ""}});
  EXPECT_TRUE(holds_secret(types, types.sum({record, types.record("B")})));
  EXPECT_FALSE(is_jsonable(types, types.list(record)));
  EXPECT_TRUE(is_jsonable(types, types.map(types.list(types.int_))));
  EXPECT_FALSE(is_jsonable(types, types.stream(types.int_)));
}

TEST_F(Conversions, TheLeastTypeOfTwo) {
  EXPECT_EQ(join_types(types, types.int_, types.float_), types.float_);
  EXPECT_EQ(join_types(types, types.none, types.int_), types.opt(types.int_));
  EXPECT_EQ(join_types(types, types.never, types.int_), types.int_);
  EXPECT_EQ(join_types(types, narrow, types.literal_union({"c"})), wide);
  EXPECT_EQ(join_types(types, narrow, types.opt(types.str)), types.opt(types.str));
  EXPECT_EQ(join_types(types, types.list(narrow), types.list(types.literal_union({"c"}))),
            types.list(wide));
  EXPECT_FALSE(join_types(types, types.int_, types.str).valid());
  EXPECT_FALSE(join_types(types, types.opt(types.int_), types.float_).valid());
}

TEST_F(Conversions, AnErrorStaysSilent) {
  EXPECT_TRUE(to(types.error, types.int_));
  EXPECT_TRUE(to(types.int_, types.error));
  EXPECT_EQ(join_types(types, types.error, types.int_), types.error);
}

TEST_F(Conversions, SecretsAreFoundInsideRecords) {
  TypeId record = types.record("Login");
  types.set_fields(record, {{"friends", "friends", types.list(record), ""},
                            {"key", "key", types.opt(types.secret), ""}});
  EXPECT_TRUE(holds_secret(types, types.list(record)));
  EXPECT_FALSE(holds_secret(types, types.list(types.str)));
}

}  // namespace
}  // namespace pflow::sema
