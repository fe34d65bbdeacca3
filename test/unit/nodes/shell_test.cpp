// shell, on the real event loop.
#include <cstdlib>

#include "process.pf.hpp"
#include "test/unit/nodes/async_call.h"

using namespace node_test;

namespace {

using Shell = AsyncRun<shell_in, shell_out>;

constexpr pf_type kJson{PF_JSON, sizeof(pf_json), alignof(pf_json), 1, "json"};
constexpr pf_field kFields[] = {{"key", "key", &kStr, 0},
                                {"value", "value", &kStr, sizeof(pf_str)}};
constexpr pf_type kEntry{PF_RECORD, 2 * sizeof(pf_str), alignof(pf_str), 1, "KeyValue", nullptr, 2,
                         kFields};

shell_in command(std::string_view script, bool check = true) {
  return {{text(script), {}}, {}, {}, {}, check};
}

}  // namespace

TEST(Shell, CollectsBothOutputs) {
  Shell run(pfn_process_shell, command("echo out; echo err >&2; exit 3", false));
  ASSERT_EQ(run.status, PF_DONE);
  EXPECT_EQ(taken(run.out.stdout_), "out");
  EXPECT_EQ(taken(run.out.stderr_), "err\n");
  EXPECT_EQ(run.out.exit_code, 3);
}

TEST(Shell, ValuesArePositionalParameters) {
  pf_list values = list({"a b", "$(false)"});
  Shell run(pfn_process_shell,
            {{text("printf '<%s>' \"${1}\" \"${2}\""), values}, {}, {}, {}, true});
  ASSERT_EQ(run.status, PF_DONE);
  EXPECT_EQ(taken(run.out.stdout_), "<a b><$(false)>");
  taken(values);
}

TEST(Shell, FeedsStandardInput) {
  std::string large(300'000, 'x');
  shell_in in = command("wc -c");
  in.stdin_ = {text(large), true};
  Shell run(pfn_process_shell, in);
  ASSERT_EQ(run.status, PF_DONE);
  EXPECT_EQ(taken(run.out.stdout_), "300000");
}

TEST(Shell, InputThatNobodyReads) {
  std::string large(300'000, 'x');
  shell_in in = command("true");
  in.stdin_ = {text(large), true};
  EXPECT_EQ(Shell(pfn_process_shell, in).status, PF_DONE);
}

TEST(Shell, LargeOutput) {
  Shell run(pfn_process_shell, command("head -c 3000000 /dev/zero | tr '\\0' y"));
  ASSERT_EQ(run.status, PF_DONE);
  EXPECT_EQ(taken(run.out.stdout_), std::string(3'000'000, 'y'));
}

TEST(Shell, FailureHasTheLastLines) {
  Shell one(pfn_process_shell, command("echo only >&2; exit 2"));
  EXPECT_EQ(one.failure(), "tool: the command failed with exit code 2: only");
  Shell many(pfn_process_shell, command("seq 9 >&2; exit 1"));
  EXPECT_EQ(many.failure(), "tool: the command failed with exit code 1:\n  5\n  6\n  7\n  8\n  9");
  Shell silent(pfn_process_shell, command("exit 1"));
  EXPECT_EQ(silent.failure(), "tool: the command failed with exit code 1");
}

TEST(Shell, SignalIsNamed) {
  Shell run(pfn_process_shell, command("kill -TERM $$"));
  EXPECT_EQ(run.failure(), "tool: the command was ended by signal 15 (SIGTERM)");
  Shell unchecked(pfn_process_shell, command("kill -TERM $$", false));
  EXPECT_EQ(unchecked.out.exit_code, 143);
}

TEST(Shell, FailureDataHasCodeAndComplaint) {
  Shell run(pfn_process_shell, command("echo bad >&2; exit 7"));
  pf_error_value error = run.error();
  EXPECT_EQ(taken(pf_json_text(&error.data, &kJson, 0)), R"({"exit_code":7,"stderr":"bad\n"})");
  pf_drop_value(&error.data, &kJson);
  Shell killed(pfn_process_shell, command("echo bad >&2; kill -KILL $$"));
  error = killed.error();
  EXPECT_EQ(string(error.message), "the command was ended by signal 9 (SIGKILL): bad");
  EXPECT_EQ(taken(pf_json_text(&error.data, &kJson, 0)),
            R"({"exit_code":137,"signal":"SIGKILL","stderr":"bad\n"})");
  pf_drop_value(&error.data, &kJson);
  pf_str_release(error.message);
}

TEST(Shell, EnvironmentIsOursAndWhatIsSet) {
  setenv("PF_TEST_KEPT", "kept", 1);
  setenv("PF_TEST_CHANGED", "before", 1);
  pf_str pairs[] = {text("PF_TEST_CHANGED"), text("after"), text("PF_TEST_NEW"), text("a=b")};
  shell_in in = command("echo $PF_TEST_KEPT $PF_TEST_CHANGED $PF_TEST_NEW");
  in.env = {static_cast<pf_list_head*>(pf_list_make(pairs, 2, &kEntry))};
  Shell run(pfn_process_shell, in);
  ASSERT_EQ(run.status, PF_DONE);
  EXPECT_EQ(taken(run.out.stdout_), "kept after a=b");
  pf_list_free(in.env.head, &kEntry);
}

TEST(Shell, VariablesThatCannotBe) {
  auto with = [](pf_str name, pf_str value) {
    pf_str pair[] = {name, value};
    shell_in in = command("true");
    in.env = {static_cast<pf_list_head*>(pf_list_make(pair, 1, &kEntry))};
    std::string said = Shell(pfn_process_shell, in).failure();
    pf_list_free(in.env.head, &kEntry);
    return said;
  };
  EXPECT_EQ(with(text("A=B"), text("x")),
            "value: `A=B` cannot be the name of an environment variable");
  EXPECT_EQ(with(text(""), text("x")), "value: `` cannot be the name of an environment variable");
  EXPECT_EQ(with(text("A"), text(std::string_view("s\0", 2))),
            "value: the value of `A` for the command holds a zero byte");
}

TEST(Shell, OutputIsCheckedAsUtf8) {
  Shell run(pfn_process_shell, command("printf 'a\\377'"));
  EXPECT_EQ(run.failure(), "tool: the output of the command is not UTF-8: byte 0xff at offset 1");
  Shell complaint(pfn_process_shell, command("printf 'a\\377b' >&2"));
  ASSERT_EQ(complaint.status, PF_DONE);
  EXPECT_EQ(taken(complaint.out.stderr_), "a\uFFFDb");
}

TEST(Shell, CommandsThatCannotStart) {
  shell_in in = command("pwd");
  in.cwd = {text("/no/such/folder"), true};
  Shell folder(pfn_process_shell, in);
  EXPECT_EQ(folder.failure(), "io: the folder `/no/such/folder` to run in does not exist");
  Shell zero(pfn_process_shell, command(std::string_view("a\0b", 3)));
  EXPECT_EQ(zero.failure(), "value: the command holds a zero byte, which no program can be given");
  std::string huge(200'000, 'x');
  EXPECT_EQ(Shell(pfn_process_shell, command(": " + huge)).status, PF_DONE);
  pf_list values = list({huge});
  Shell too_long(pfn_process_shell, {{text(": \"${1}\""), values}, {}, {}, {}, true});
  EXPECT_EQ(too_long.failure(),
            "value: a value of the command has 200000 bytes, and one word may have 131071");
  taken(values);
}
