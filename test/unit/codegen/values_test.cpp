// Values of the types that are more than text, numbers, lists and records.
#include <gtest/gtest.h>

#include "test/unit/codegen/flow_builder.h"

namespace pflow::test {
namespace {

using ir::FunctionKind;
using ir::Opcode;
using ir::TypeId;
using ir::ValueId;

/// A flow whose result is a text that a test makes; nothing of it may leak.
class Values : public testing::Test {
 protected:
  Values() : f(p, "main") { f.begin({p.types.str}); }

  std::string shown(ValueId value) {
    f.give({f.b.make(Opcode::ToText, {value}, p.types.str)});
    f.add_entry();
    ran = p.run(2);
    return ran.out;
  }
  ValueId owned(std::string_view text) { return f.join({f.text(text), f.text("~")}); }
  ValueId number(int64_t value) { return f.b.const_int(value); }
  ValueId at(Opcode opcode, std::vector<ValueId> operands, TypeId type, int64_t integer) {
    ir::Op& op = f.b.add(opcode, std::move(operands), type);
    op.integer = integer;
    return op.result;
  }
  ValueId pair_of(ValueId left, ValueId right) {
    return f.join({f.b.make(Opcode::ToText, {left}, p.types.str), f.text(" "),
                   f.b.make(Opcode::ToText, {right}, p.types.str)});
  }
  TypeId record(const char* name, const char* field, TypeId type) {
    TypeId made = p.types.record(name);
    p.types.set_fields(made, {{field, {}, type, {}}});
    return made;
  }

  Compiled p;
  FlowBuilder f;
  Ran ran;
};

TEST_F(Values, MapsAreMadeReadAndCopiedOnWrite) {
  TypeId map = p.types.map(p.types.str);
  ValueId first =
      f.b.make(Opcode::MapMake,
               {f.text("a"), owned("1"), f.text("b"), owned("2"), f.text("a"), owned("3")}, map);
  ValueId more = f.b.make(Opcode::MapSet, {first, f.text("c"), owned("4")}, map);
  ValueId found = f.b.make(Opcode::MapIndex, {more, f.text("a")}, p.types.str);
  ValueId has = f.b.make(Opcode::Contains, {first, f.text("c")}, p.types.bool_);
  ValueId size = f.b.make(Opcode::Len, {more}, p.types.int_);
  EXPECT_EQ(shown(f.join({found, pair_of(has, size)})), "3~false 3\n");
}

TEST_F(Values, AMissingKeyIsNoneOrFails) {
  TypeId map = p.types.map(p.types.str);
  TypeId opt = p.types.opt(p.types.str);
  ValueId made = f.b.make(Opcode::MapMake, {f.text("a"), owned("1")}, map);
  ValueId none = f.b.make(Opcode::MapGet, {made, f.text("x")}, opt);
  ValueId some = f.b.make(Opcode::MapGet, {made, f.text("a")}, opt);
  ValueId both = pair_of(f.b.make(Opcode::OptHas, {none}, p.types.bool_),
                         f.b.make(Opcode::OptHas, {some}, p.types.bool_));
  ValueId failing = f.b.make(Opcode::MapIndex, {made, both}, p.types.str);
  EXPECT_EQ(shown(failing), "");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("false true"), std::string::npos) << ran.err;
}

TEST_F(Values, JsonIsMadeNavigatedAndRead) {
  TypeId json = p.types.json;
  TypeId entry = record("Entry", "names", p.types.list(p.types.str));
  ValueId made = f.b.make(Opcode::RecordMake, {f.list({"a", "b"})}, entry);
  ValueId all = f.b.make(Opcode::JsonFrom, {made}, json);
  ValueId names = f.b.make(Opcode::JsonField, {all, f.text("names")}, json);
  ValueId item = f.b.make(Opcode::JsonItem, {names, number(1)}, json);
  ValueId again = f.b.make(Opcode::JsonAs, {all}, entry);
  ValueId list = at(Opcode::RecordGet, {again}, p.types.list(p.types.str), 0);
  EXPECT_EQ(shown(pair_of(item, list)), "\"b\" [\"a\",\"b\"]\n");
}

TEST_F(Values, AFieldThatIsMissingHasItsDefault) {
  ir::Builder value = p.function(FunctionKind::Pure, "default_size");
  value.function().results = {p.types.str};
  value.enter(value.block("entry"));
  value.add(Opcode::Return, {value.const_text("small", p.types.str)});
  ir::FunctionId function = p.add(value);
  TypeId empty = p.types.map(p.types.str);
  TypeId entry = record("Entry", "size", p.types.str);
  p.module.field_defaults = {{entry, 0, function}};
  ValueId json = f.b.make(Opcode::JsonFrom, {f.b.make(Opcode::MapMake, {}, empty)}, p.types.json);
  ValueId made = f.b.make(Opcode::JsonAs, {json}, entry);
  EXPECT_EQ(shown(at(Opcode::RecordGet, {made}, p.types.str, 0)), "small\n");
}

TEST_F(Values, SumsKnowTheirVariantAlsoWhenWidened) {
  TypeId a = record("A", "x", p.types.str);
  TypeId b = record("B", "y", p.types.str);
  TypeId c = record("C", "z", p.types.str);
  TypeId narrow = p.types.sum({b, c});
  TypeId wide = p.types.sum({a, b, c});
  ValueId made = at(Opcode::SumMake, {f.b.make(Opcode::RecordMake, {owned("v")}, c)}, narrow, 1);
  ir::Op& op = f.b.add(Opcode::SumWiden, {made}, wide);
  op.integers = {1, 2};
  ValueId widened = op.result;
  ValueId record = at(Opcode::SumGet, {widened}, c, 2);
  ValueId variants = pair_of(f.b.make(Opcode::SumVariant, {made}, p.types.int_),
                             f.b.make(Opcode::SumVariant, {widened}, p.types.int_));
  EXPECT_EQ(shown(f.join({variants, at(Opcode::RecordGet, {record}, p.types.str, 0)})), "1 2v~\n");
}

TEST_F(Values, ARecordMayHoldItself) {
  TypeId node = p.types.record("Node");
  TypeId next = p.types.opt(node);
  p.types.set_fields(node, {{"label", {}, p.types.str, {}}, {"next", {}, next, {}}});
  ValueId none = f.b.make(Opcode::OptNone, {}, next);
  ValueId last = f.b.make(Opcode::RecordMake, {owned("b"), none}, node);
  ValueId rest = f.b.make(Opcode::OptSome, {last}, next);
  ValueId first = f.b.make(Opcode::RecordMake, {owned("a"), rest}, node);
  ValueId tail = at(Opcode::RecordGet, {first}, next, 1);
  ValueId inner = f.b.make(Opcode::OptGet, {tail}, node);
  ValueId end = at(Opcode::RecordGet, {inner}, next, 1);
  ValueId both = pair_of(f.b.make(Opcode::OptHas, {tail}, p.types.bool_),
                         f.b.make(Opcode::OptHas, {end}, p.types.bool_));
  EXPECT_EQ(shown(f.join({at(Opcode::RecordGet, {inner}, p.types.str, 0), both})),
            "b~true false\n");
}

TEST_F(Values, UrlsEscapeAndQueriesKeepTheirValues) {
  ir::Op& url = f.b.add(Opcode::UrlMake, {owned("a b")}, p.types.url);
  url.pieces = {{.text = "https://x.org/?q=", .part = ir::UrlPart::Query}, {.text = ""}};
  ValueId made = f.b.make(Opcode::Cast, {url.result}, p.types.str);
  auto query = [&](std::string_view value) {
    ir::Op& sql = f.b.add(Opcode::SqlMake, {owned(value)}, p.types.sql);
    sql.pieces = {{"select "}, {" as t"}};
    return sql.result;
  };
  ValueId first = query("a");
  ValueId same = f.b.make(Opcode::Eq, {first, query("a")}, p.types.bool_);
  ValueId other = f.b.make(Opcode::Eq, {first, query("b")}, p.types.bool_);
  EXPECT_EQ(shown(f.join({made, pair_of(same, other)})), "https://x.org/?q=a%20b~true false\n");
}

TEST_F(Values, AGenericNodeSeesDescriptorsAndPointers) {
  ir::Node node;
  node.name = "pick";
  node.module = "probe";
  TypeId entry = record("Entry", "name", p.types.str);
  node.type_arguments = {{"T", entry}};
  node.ports = {{"items", p.types.list(entry)}, {"spare", entry, true}};
  node.outputs = {{"item", entry, true}};
  p.module.nodes.push_back(node);
  ir::NodeId pick(p.module.nodes.size() - 1);
  auto make = [&](std::string_view name) {
    return f.b.make(Opcode::RecordMake, {owned(name)}, entry);
  };
  auto picked = [&](std::vector<ValueId> items) {
    ValueId list = f.b.make(Opcode::ListMake, std::move(items), p.types.list(entry));
    ValueId item = call(f.b, {{}, pick}, {list, make("spare")}, entry, p.site("pick", 2));
    return at(Opcode::RecordGet, {item}, p.types.str, 0);
  };
  EXPECT_EQ(shown(pair_of(picked({}), picked({make("a"), make("b")}))), "spare~ b~\n");
}

}  // namespace
}  // namespace pflow::test
