#include "tools/driver/driver.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/check.h"
#include "test/unit/driver/memory_env.h"

namespace pflow {
namespace {

class Driver : public testing::Test {
 protected:
  int run(std::vector<std::string> arguments) { return run_driver(arguments, world_.env); }
  MemoryEnv world_;
};

TEST_F(Driver, PrintsTheTreeOfAFileInMemory) {
  world_.files.files["a.pf"] = "print(\"a\")\n";
  EXPECT_EQ(run({"--emit-ast", "a.pf"}), kExitDone);
  EXPECT_NE(world_.out.find("print"), std::string::npos);
  EXPECT_EQ(world_.err, "");
}

TEST_F(Driver, WritesToTheFileSystemItIsGiven) {
  world_.files.files["a.pf"] = "print(\"a\")\n";
  EXPECT_EQ(run({"--emit-ast", "a.pf", "-o", "tree.txt"}), kExitDone);
  EXPECT_EQ(world_.out, "");
  EXPECT_NE(world_.files.files["tree.txt"].find("print"), std::string::npos);
}

TEST_F(Driver, ReportsAnOutputThatCannotBeWritten) {
  world_.files.files["a.pf"] = "print(\"a\")\n";
  world_.files.full = true;
  EXPECT_EQ(run({"--emit-ast", "a.pf", "-o", "tree.txt"}), kExitErrors);
  EXPECT_EQ(world_.err,
            "error[PF0702]: `tree.txt` could not be written: No space left on device\n\n");
}

TEST_F(Driver, ReportsStandardOutputThatIsGone) {
  world_.env.out = [](std::string_view) { return Result<Done>(Failure{"Broken pipe"}); };
  EXPECT_EQ(run({"--version"}), kExitErrors);
  EXPECT_EQ(world_.err, "error[PF0702]: standard output could not be written: Broken pipe\n\n");
}

TEST_F(Driver, ColoursATerminalUnlessToldNotTo) {
  world_.env.err_is_terminal = true;
  EXPECT_EQ(run({}), kExitUsage);
  EXPECT_EQ(world_.err[0], '\x1b');
  for (const char* variable : {"NO_COLOR", "TERM"}) {
    world_.err.clear();
    world_.variables = {{variable, "dumb"}};
    EXPECT_EQ(run({}), kExitUsage);
    EXPECT_EQ(world_.err[0], 'e') << variable;
  }
}

TEST_F(Driver, CompilesImportsAndInterfacesOutOfMemory) {
  world_.variables["PFLOW_LIB"] = "place";
  world_.files.files = {
      {"place/share/pflow/nodes/words/words.pf",
       "pure extern node upper(in text: str) -> (value: str)\n"},
      {"work/main.pf", "import \"lib/notes.pf\"\nflow main(t: str) -> r { let r = loud(t) }\n"},
      {"work/lib/notes.pf", "import \"../mark.pf\"\nnode loud(t: str) -> str = mark(t.upper())\n"},
      {"work/mark.pf", "node mark(t: str) -> str = \"${t}!\"\n"}};
  EXPECT_EQ(run({"--emit-ir", "work/main.pf"}), kExitDone) << world_.err;
  EXPECT_NE(world_.out.find("node @upper("), std::string::npos) << world_.out;
  EXPECT_NE(world_.out.find("call @upper("), std::string::npos) << world_.out;

  world_.files.files.erase("work/mark.pf");
  EXPECT_EQ(run({"--emit-ir", "work/main.pf"}), kExitErrors);
  EXPECT_NE(world_.err.find("work/mark.pf"), std::string::npos) << world_.err;
}

TEST_F(Driver, AnExceptionIsABugOfTheCompiler) {
  world_.env.read_input = []() -> Result<std::string> { throw std::bad_alloc(); };
  EXPECT_EQ(run({"--check", "-", "it's"}), kExitUsage);
  EXPECT_EQ(run({"--check", "-"}), kExitInternal);
  EXPECT_NE(world_.err.find("pflowc: internal error: std::bad_alloc\n"), std::string::npos);
  EXPECT_NE(world_.err.find("To repeat it:\n    pflowc --check -\n"), std::string::npos);
}

TEST_F(Driver, ABrokenInvariantIsABugOfTheCompiler) {
  world_.env.read_input = []() -> Result<std::string> { PFLOW_UNREACHABLE("no input"); };
  EXPECT_EQ(run({"--check", "-"}), kExitInternal);
  const std::string place = fmt::format("driver_test.cpp:{}", __LINE__ - 2);
  EXPECT_NE(world_.err.find("pflowc: internal error: " + place + ": no input\n"),
            std::string::npos);
}

}  // namespace
}  // namespace pflow
