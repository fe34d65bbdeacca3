#include <gtest/gtest.h>

#include <functional>

#include "test/unit/codegen/compiled.h"

namespace pflow::test {
namespace {

using ir::FunctionKind;
using ir::Opcode;
using ir::TypeId;
using ir::ValueId;

/// A flow without parameters whose result `emit` makes in its only block.
class Ops : public testing::Test {
 protected:
  Ran evaluate(TypeId type, const std::function<ValueId()>& emit) {
    b.function().results = {type};
    b.function().result_names = {"result"};
    b.enter(b.block("entry"));
    b.set_span(p.line(5));
    b.add(Opcode::Return, {emit()});
    p.add_entry(b);
    return p.run(2);
  }

  /// A text that owns memory, so that what is not released is a leak.
  ValueId owned(std::string_view text) {
    ValueId begin = b.const_text(text.substr(0, 1), str);
    return b.make(Opcode::Template, {begin, b.const_text(text.substr(1), str)}, str);
  }
  void drop(ValueId value) { b.add(Opcode::Drop, {value}); }
  ValueId list(TypeId element, std::vector<ValueId> values) {
    return b.make(Opcode::ListMake, std::move(values), p.types.list(element));
  }

  Compiled p;
  ir::Builder b = p.function(FunctionKind::Flow, "main");
  TypeId str = p.types.str;
  TypeId integer = p.types.int_;
};

TEST_F(Ops, TextAppendGrowsAnOwnedText) {
  Ran ran = evaluate(str, [&] {
    return b.make(Opcode::TextAppend, {owned("abc"), b.const_text("def", str)}, str);
  });
  EXPECT_EQ(ran.out, "abcdef\n");
}

TEST_F(Ops, ToTextOfEveryPlainType) {
  Ran ran = evaluate(str, [&] {
    ValueId number = b.make(Opcode::ToText, {b.const_int(-12)}, str);
    ValueId real = b.make(Opcode::ToText, {b.const_float(3)}, str);
    ValueId truth = b.make(Opcode::ToText, {b.const_bool(true)}, str);
    ValueId all = b.make(Opcode::Template, {number, real, truth}, str);
    drop(number);
    drop(real);
    drop(truth);
    return all;
  });
  EXPECT_EQ(ran.out, "-123.0true\n");
}

TEST_F(Ops, SlicesAndIndicesCountCodePoints) {
  Ran ran = evaluate(str, [&] {
    ValueId text = owned(
        "gr\xc3\xbc\xc3\x9f"
        "e");
    ValueId part = b.make(Opcode::Slice, {text, b.const_int(1), b.const_int(INT64_MAX)}, str);
    ValueId one = b.make(Opcode::Index, {text, b.const_int(2)}, str);
    ValueId length = b.make(Opcode::Len, {text}, integer);
    ValueId digits = b.make(Opcode::ToText, {length}, str);
    ValueId all = b.make(Opcode::Template, {part, one, digits}, str);
    for (ValueId value : {text, part, one, digits}) drop(value);
    return all;
  });
  EXPECT_EQ(ran.out,
            "r\xc3\xbc\xc3\x9f"
            "e\xc3\xbc"
            "5\n");
}

TEST_F(Ops, TextIndexOutOfRangeFails) {
  Ran ran = evaluate(
      str, [&] { return b.make(Opcode::Index, {b.const_text("ab", str), b.const_int(2)}, str); });
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("PF0912"), std::string::npos) << ran.err;
}

TEST_F(Ops, ListsHoldTheirElementsUnboxed) {
  TypeId list_type = p.types.list(str);
  Ran ran = evaluate(list_type, [&] {
    ValueId first = list(str, {owned("ab"), b.const_text("c", str)});
    ValueId grown = b.make(Opcode::ListPush, {first, owned("de")}, list_type);
    ValueId tail =
        b.make(Opcode::Slice, {grown, b.const_int(1), b.const_int(INT64_MAX)}, list_type);
    ValueId all = b.make(Opcode::ListConcat, {grown, tail}, list_type);
    drop(tail);
    return all;
  });
  EXPECT_EQ(ran.out, "[\"ab\",\"c\",\"de\",\"c\",\"de\"]\n");
}

TEST_F(Ops, ListElementIsItsOwnValue) {
  Ran ran = evaluate(str, [&] {
    ValueId made = list(str, {owned("ab"), owned("cd")});
    ValueId element = b.make(Opcode::Index, {made, b.const_int(1)}, str);
    drop(made);
    return element;
  });
  EXPECT_EQ(ran.out, "cd\n");
}

TEST_F(Ops, ListIndexOutOfRangeNamesIndexAndLength) {
  Ran ran = evaluate(integer, [&] {
    ValueId made = list(integer, {b.const_int(1)});
    ValueId element = b.make(Opcode::Index, {made, b.const_int(-1)}, integer);
    drop(made);
    return element;
  });
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("-1"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("flow.pf:5:1"), std::string::npos) << ran.err;
}

TEST_F(Ops, SortByKeys) {
  TypeId list_type = p.types.list(str);
  Ran ran = evaluate(list_type, [&] {
    ValueId words = list(str, {owned("cc"), owned("a"), owned("bbb")});
    ValueId keys = list(integer, {b.const_int(2), b.const_int(1), b.const_int(3)});
    ValueId sorted = b.make(Opcode::ListSortBy, {words, keys}, list_type);
    drop(keys);
    return sorted;
  });
  EXPECT_EQ(ran.out, "[\"a\",\"cc\",\"bbb\"]\n");
}

TEST_F(Ops, Contains) {
  TypeId truths = p.types.list(p.types.bool_);
  Ran ran = evaluate(truths, [&] {
    ValueId words = list(str, {owned("ab"), owned("cd")});
    ValueId in_list = b.make(Opcode::Contains, {words, b.const_text("cd", str)}, p.types.bool_);
    ValueId in_text = b.make(
        Opcode::Contains, {b.const_text("haystack", str), b.const_text("sta", str)}, p.types.bool_);
    ValueId absent = b.make(Opcode::Contains,
                            {b.const_text("haystack", str), b.const_text("x", str)}, p.types.bool_);
    drop(words);
    return list(p.types.bool_, {in_list, in_text, absent});
  });
  EXPECT_EQ(ran.out, "[true,true,false]\n");
}

TEST_F(Ops, RecordsAndOptionals) {
  TypeId entry = p.types.record("Entry");
  TypeId maybe = p.types.opt(str);
  p.types.set_fields(entry, {{"name", "name", str, ""},
                             {"note", "note", maybe, ""},
                             {"none", "none", maybe, ""},
                             {"flag", "flag", p.types.bool_, ""}});
  Ran ran = evaluate(entry, [&] {
    ValueId note = b.make(Opcode::OptSome, {owned("noted")}, maybe);
    ValueId inner = b.make(Opcode::OptGet, {note}, str);
    ValueId has = b.make(Opcode::OptHas, {note}, p.types.bool_);
    return b.make(Opcode::RecordMake, {inner, note, b.make(Opcode::OptNone, {}, maybe), has},
                  entry);
  });
  EXPECT_EQ(ran.out, "{\"name\":\"noted\",\"note\":\"noted\",\"none\":null,\"flag\":true}\n");
}

TEST_F(Ops, EqualityIsStructural) {
  TypeId truths = p.types.list(p.types.bool_);
  TypeId list_type = p.types.list(str);
  Ran ran = evaluate(truths, [&] {
    ValueId left = list(str, {owned("ab")});
    ValueId right = list(str, {owned("ab")});
    ValueId other = b.make(Opcode::ListMake, {}, list_type);
    ValueId text = owned("ab");
    std::vector<ValueId> answers;
    auto ask = [&](Opcode opcode, ValueId x, ValueId y) {
      answers.push_back(b.make(opcode, {x, y}, p.types.bool_));
    };
    ask(Opcode::Eq, left, right);
    ask(Opcode::Eq, left, other);
    ask(Opcode::Ne, text, b.const_text("ab", str));
    ask(Opcode::Eq, text, b.const_text("abc", str));
    ask(Opcode::Lt, text, b.const_text("abc", str));
    ask(Opcode::Le, b.const_float(2), b.const_float(1));
    ask(Opcode::Lt, b.const_int(-1), b.const_int(1));
    for (ValueId value : {left, right, other, text}) drop(value);
    return list(p.types.bool_, answers);
  });
  EXPECT_EQ(ran.out, "[true,false,false,false,true,false,true]\n");
}

TEST_F(Ops, NumbersConvert) {
  Ran ran = evaluate(str, [&] {
    ValueId parsed = b.make(Opcode::ParseInt, {b.const_text("41", str)}, integer);
    ValueId real = b.make(Opcode::ParseFloat, {b.const_text("1.0", str)}, p.types.float_);
    ValueId back = b.make(Opcode::FloatToInt, {real}, integer);
    ValueId sum = b.make(Opcode::Add, {parsed, back}, integer);
    ValueId negated = b.make(Opcode::Neg, {sum}, integer);
    ValueId positive = b.make(Opcode::Abs, {negated}, integer);
    ValueId half = b.make(
        Opcode::Div, {b.make(Opcode::IntToFloat, {positive}, p.types.float_), b.const_float(4)},
        p.types.float_);
    return b.make(Opcode::ToText, {half}, str);
  });
  EXPECT_EQ(ran.out, "10.5\n");
}

TEST_F(Ops, FailureReleasesWhatTheBlockOwns) {
  Ran ran = evaluate(integer, [&] {
    ValueId kept = owned("kept until here");
    ValueId parsed = b.make(Opcode::ParseInt, {b.const_text("x", str)}, integer);
    drop(kept);
    return parsed;
  });
  EXPECT_EQ(ran.exit_code, 1);  // and `run` finds no leak in sanitizer builds
}

TEST_F(Ops, CommandsKeepPiecesAndHoles) {
  Ran ran = evaluate(p.types.cmd, [&] {
    ValueId word = owned("a b");
    ir::Op& op = b.add(Opcode::CmdMake, {word}, p.types.cmd);
    op.pieces = {{"echo ", true, false}, {" end", false, false}};
    ValueId made = op.result;
    drop(word);
    return made;
  });
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
}

TEST_F(Ops, CommandRefusesAnOption) {
  Ran ran = evaluate(p.types.cmd, [&] {
    ir::Op& op = b.add(Opcode::CmdMake, {b.const_text("-rf", str)}, p.types.cmd);
    op.pieces = {{"rm ", true, false}, {"", false, false}};
    return op.result;
  });
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("PF0912"), std::string::npos) << ran.err;
}

TEST_F(Ops, PathPartRefusesGoingUp) {
  Ran ran = evaluate(str, [&] {
    ValueId part = b.const_text("../x", str);
    b.add(Opcode::PathPart, {part});
    return part;
  });
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("PF0912"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace pflow::test
