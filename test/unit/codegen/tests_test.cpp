// Programs of `test` blocks.
#include <gtest/gtest.h>

#include "test/unit/codegen/flow_builder.h"

namespace pflow::test {
namespace {

using ir::Opcode;

/// A test that passes, waits when `waits`, or fails with a message.
void add_test(Compiled& p, const char* title, bool waits, const char* failure) {
  FlowBuilder f(p, title);
  f.begin({});
  if (waits) {
    ir::SlotId out = f.b.slot("out", p.types.str);
    f.invoke({{}, p.node("loop", "twice", true)}, {f.text("ab")}, out);
  }
  if (failure != nullptr)
    f.b.add(Opcode::Fail, {f.text(failure)}).text = "user";
  else
    f.give({});
  p.module.tests.push_back({title, f.add(), p.line(1)});
}

TEST(Tests, EachIsAProgramThatItsNumberStarts) {
  Compiled p;
  add_test(p, "plain", false, nullptr);
  add_test(p, "waiting", true, nullptr);
  add_test(p, "failing", true, "expected 1, found 2");
  EXPECT_EQ(p.run(2, "0").exit_code, 0);
  EXPECT_EQ(p.run(2, "1").exit_code, 0);
  Ran failed = p.run(2, "2");
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_NE(failed.err.find("expected 1, found 2"), std::string::npos) << failed.err;
}

}  // namespace
}  // namespace pflow::test
