#include "frontend/sema/types/generics.h"

#include <gtest/gtest.h>

namespace pflow::sema {
namespace {

using ir::TypeId;

class Generics : public testing::Test {
 protected:
  ir::TypeTable types;
  TypeId t = types.param("T");
  TypeId u = types.param("U");
  TypeArguments arguments{types, {t, u}};

  std::string applied(TypeId pattern) { return types.name(arguments.apply(pattern)); }
};

TEST_F(Generics, ParametersFollowTheArgument) {
  arguments.infer(types.list(t), types.list(types.int_));
  EXPECT_EQ(applied(types.opt(t)), "int?");
  EXPECT_EQ(applied(types.map(types.stream(t))), "map<stream<int>>");
  EXPECT_FALSE(arguments.closes(types.list(u)));
}

TEST_F(Generics, TheFirstArgumentDecides) {
  arguments.infer(t, types.int_);
  arguments.infer(t, types.str);
  EXPECT_EQ(applied(t), "int");
}

TEST_F(Generics, AValueIsAnOptionalAndAListAStream) {
  arguments.infer(types.opt(t), types.str);
  arguments.infer(types.stream(u), types.list(types.bool_));
  EXPECT_EQ(applied(t), "str");
  EXPECT_EQ(applied(u), "bool");
}

TEST_F(Generics, NoneAloneSaysNothing) {
  arguments.infer(types.opt(t), types.none);
  EXPECT_FALSE(arguments.is_bound(t));
}

TEST_F(Generics, BuiltInRecordsAreLookedInto) {
  arguments.infer(types.pair(t, u), types.pair(types.int_, types.str));
  EXPECT_EQ(applied(types.pair(u, t)), "Pair<str, int>");
  EXPECT_EQ(applied(types.list(types.key_value(u))), "[KeyValue<str>]");
  EXPECT_EQ(applied(types.indexed(t)), "Indexed<int>");
}

TEST_F(Generics, WhatDoesNotFitBindsNothing) {
  arguments.infer(types.list(t), types.int_);
  arguments.infer(types.pair(t, u), types.indexed(types.int_));
  EXPECT_FALSE(arguments.is_bound(t));
  EXPECT_EQ(arguments.apply(types.list(t)), types.list(types.error));
}

TEST_F(Generics, ParametersAreFoundInside) {
  EXPECT_TRUE(mentions(types, types.list(types.key_value(t)), t));
  EXPECT_FALSE(mentions(types, types.list(t), u));
  EXPECT_FALSE(mentions(types, types.list(types.str), t));
}

}  // namespace
}  // namespace pflow::sema
