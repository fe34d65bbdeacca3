#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>

#include "test/unit/runtime/run_program.h"
#include "test/unit/runtime/values.h"

namespace {

/// A flow `main(topic: str, in text: str?, max_count: int = 3, level: "low" | "mid" = "low",
/// verbose: bool = false, tags: [str] = [], wait: duration = 1s, key: secret = "")`.
struct Params {
  pf_str topic;
  values::OptStr text;
  int64_t max_count;
  pf_str level;
  bool verbose;
  pf_list tags;
  int64_t wait;
  pf_str key;
};

bool none(void*) { return false; }
bool three(void* out) {
  *static_cast<int64_t*>(out) = 3;
  return false;
}
bool low(void* out) {
  *static_cast<pf_str*>(out) = values::kLevels[0];
  return false;
}

const pf_param kParams[] = {
    {"topic", &values::kStr, "What to write about", nullptr, nullptr, offsetof(Params, topic), 0},
    {"text", &values::kOptStr, "", "none", none, offsetof(Params, text), 1},
    {"max_count", &values::kInt, "How many\nat most", "3", three, offsetof(Params, max_count), 0},
    {"level", &values::kLevel, "", "\"low\"", low, offsetof(Params, level), 0},
    {"verbose", &values::kBool, "", "false", none, offsetof(Params, verbose), 0},
    {"tags", &values::kTexts, "", "[]", none, offsetof(Params, tags), 0},
    {"wait", &values::kDuration, "", "0s", none, offsetof(Params, wait), 0},
    {"key", &values::kSecret, "", "\"\"", none, offsetof(Params, key), 0},
};

void add(std::string& out, const char* name, const void* value, const pf_type& type) {
  pf_str text;
  pf_to_text(&text, value, &type);
  out += std::string(name) + "=" + values::take(text) + " ";
}

bool show(const void* block, void* results) {
  const auto* params = static_cast<const Params*>(block);
  std::string out;
  add(out, "topic", &params->topic, values::kStr);
  add(out, "text", &params->text, values::kOptStr);
  add(out, "max", &params->max_count, values::kInt);
  add(out, "level", &params->level, values::kLevel);
  add(out, "verbose", &params->verbose, values::kBool);
  add(out, "tags", &params->tags, values::kTexts);
  add(out, "wait", &params->wait, values::kDuration);
  out += "key=" + std::string(values::view(params->key));
  *static_cast<pf_str*>(results) = values::owned(out);
  return false;
}

const pf_field kTextResult[] = {{"result", "result", &values::kStr, 0}};

pf_program program_of(bool (*run)(const void*, void*)) {
  pf_program program = {};
  program.abi_version = PF_ABI_VERSION;
  program.name = "prog";
  program.doc = "Writes a text.";
  program.params = kParams;
  program.param_count = sizeof kParams / sizeof kParams[0];
  program.params_size = sizeof(Params);
  program.results = kTextResult;
  program.result_count = 1;
  program.results_size = sizeof(pf_str);
  program.run = run;
  return program;
}

Outcome run(std::vector<std::string> arguments, const RunOptions& options = {}) {
  return run_program(program_of(show), std::move(arguments), options);
}

std::string error_of(std::vector<std::string> arguments) {
  Outcome outcome = run(std::move(arguments));
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "") << "nothing runs";
  return outcome.err;
}

TEST(CommandLine, DefaultsAndPosition) {
  Outcome outcome = run({"cats"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out,
            "topic=cats text=null max=3 level=low verbose=false tags=[] wait=0s key=\n");
  EXPECT_EQ(outcome.err, "");
}

TEST(CommandLine, EveryForm) {
  setenv("PFLOW_TEST_KEY", "sk-7", 1);
  EXPECT_EQ(run({"--max-count=-5", "--topic", "007", "--verbose", "--tags", "a", "--tags=b",
                 "--level", "mid", "--wait", "1.5s", "--key", "env:PFLOW_TEST_KEY", "--text", "x"})
                .out,
            "topic=007 text=\"x\" max=-5 level=mid verbose=true tags=[\"a\",\"b\"] wait=1500ms "
            "key=sk-7\n");
  EXPECT_NE(run({"t", "--verbose", "--no-verbose"}).out.find("verbose=false"), std::string::npos);
  EXPECT_EQ(run({"--no-verbose", "--max-count", "-1", "--", "--x"}).out.substr(0, 10),
            "topic=--x ");
}

TEST(CommandLine, StandardInputFeedsTheInParameter) {
  RunOptions piped{.stdin_text = "from a pipe\n"};
  EXPECT_NE(run({"t"}, piped).out.find("text=\"from a pipe\\n\""), std::string::npos);
  EXPECT_NE(run({"t", "--text", "x"}, piped).out.find("text=\"x\""), std::string::npos);
  Outcome broken = run({"t"}, {.stdin_text = "ab\xff"});
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_EQ(broken.err, "error[PF0910]: standard input is not UTF-8: byte 0xff at offset 2\n");
}

TEST(CommandLine, WrongOptionsSayWhatIsExpected) {
  EXPECT_EQ(error_of({"t", "--max-cuont", "4"}),
            "error[PF0901]: unknown option `--max-cuont`\n"
            "  = help: an option with a similar name exists: `--max-count`\n");
  EXPECT_EQ(error_of({"t", "--max-count", "4x"}),
            "error[PF0901]: `--max-count` expects an int, found `4x`\n"
            "  = help: `prog --help` lists the options\n");
  EXPECT_EQ(error_of({"t", "--level", "mdi"}),
            "error[PF0901]: `--level` expects \"low\" | \"mid\", found `mdi`\n"
            "  = help: a value with a similar name exists: `mid`\n");
  EXPECT_EQ(error_of({"t", "--wait", "5"}).substr(0, 74),
            "error[PF0901]: `--wait` expects a duration such as `5m`, found `5`\n  = hel");
  EXPECT_EQ(error_of({"t", "--text", "--x"}),
            "error[PF0901]: `--text` needs a value\n"
            "  = help: write `--text=--x` if `--x` is the value\n");
  EXPECT_EQ(error_of({}),
            "error[PF0901]: `--topic` is missing: expected a value of type `str`\n"
            "  = help: write `--topic VALUE`\n");
  EXPECT_EQ(error_of({"a", "b"}).substr(0, 43), "error[PF0901]: unexpected argument `b`\n  = ");
  EXPECT_EQ(error_of({"a", "--topic", "b"}).substr(0, 45),
            "error[PF0901]: `--topic` is given twice\n  = h");
  EXPECT_EQ(error_of({"a", "--key", "env:PFLOW_NOT_SET"}).substr(0, 92),
            "error[PF0901]: `--key` names the environment variable `PFLOW_NOT_SET`, which is not "
            "set\n  = ");
  EXPECT_EQ(error_of({"a\xff"}).substr(0, 79),
            "error[PF0901]: `--topic` has text that is not UTF-8: byte 0xff at offset 1\n  = ");
}

TEST(CommandLine, ErrorsAreJsonWhenAskedFor) {
  EXPECT_EQ(error_of({"t", "--json", "--nope"}),
            "{\"error\":{\"kind\":\"usage\",\"code\":\"PF0901\",\"message\":\"unknown option "
            "`--nope`\",\"node\":null,\"file\":null,\"line\":null,\"column\":null}}\n");
}

TEST(CommandLine, Help) {
  Outcome outcome = run({"t", "--help", "--nope"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out,
            "Writes a text.\n"
            "\n"
            "Usage: prog [options] <topic>\n"
            "\n"
            "Parameters:\n"
            "  --topic <str>            What to write about (required)\n"
            "  --text <str>             (or standard input)\n"
            "  --max-count <int>        How many\n"
            "                           at most (default: 3)\n"
            "  --level <\"low\" | \"mid\">  (default: \"low\")\n"
            "  --verbose, --no-verbose  (default: false)\n"
            "  --tags <str>...          (default: [])\n"
            "  --wait <duration>        (default: 0s)\n"
            "  --key <secret>           (default: \"\")\n"
            "\n"
            "Options of every flow:\n"
            "  --model <NAME>           The model of stages that name none\n"
            "  --json                   Print one JSON object; errors are JSON, too\n"
            "  --live                   Show the last answer of a model while it comes\n"
            "  --usage                  Say at the end what models were asked, and what it cost\n"
            "  --budget <USD>           Ask no model beyond this cost, in US dollars\n"
            "  --log <on|off>           Keep what models were asked in PFLOW_HOME, or not\n"
            "  --quiet                  Print nothing but results and errors\n"
            "  --explain-cache          Say what was cached, and if not, why\n"
            "  --record <FILE>          Record requests and their answers, or play them\n"
            "  --replay <FILE>          Answer requests from FILE alone: no key, no network\n"
            "  --record-mode <MODE>     once, new_episodes, none or all\n"
            "  --help                   Print this page\n"
            "  --version                Print the version\n");
  EXPECT_EQ(run({"--version"}).out.substr(0, 21), "prog, built by pflowc");
}

bool show_model(const void*, void* results) {
  const char* model = pf_default_model();
  *static_cast<pf_str*>(results) = values::owned(model ? model : "none");
  return false;
}

TEST(CommandLine, TheModelOptionBeatsTheEnvironment) {
  unsetenv("PFLOW_MODEL");
  setenv("PFLOW_HOME", "/nonexistent", 1);
  EXPECT_EQ(run_program(program_of(show_model), {"t"}).out, "none\n");
  setenv("PFLOW_MODEL", "from-env", 1);
  EXPECT_EQ(run_program(program_of(show_model), {"t"}).out, "from-env\n");
  EXPECT_EQ(run_program(program_of(show_model), {"t", "--model", "echo"}).out, "echo\n");
  unsetenv("PFLOW_MODEL");
}

TEST(Result, JsonObject) {
  EXPECT_EQ(run_program(program_of(show_model), {"t", "--json"}).out, "{\"result\":\"none\"}\n");
}

TEST(Result, SeveralAreAnObjectAndNoneIsNothing) {
  static const pf_field two[] = {{"a", "a", &values::kInt, 0}, {"b", "b", &values::kFloat, 8}};
  pf_program program = program_of([](const void*, void* results) {
    static_cast<int64_t*>(results)[0] = 7;
    static_cast<double*>(results)[1] = 2;
    return false;
  });
  program.results = two;
  program.result_count = 2;
  EXPECT_EQ(run_program(program, {"t"}).out, "{\"a\":7,\"b\":2.0}\n");
  EXPECT_EQ(run_program(program, {"t", "--json"}).out, "{\"result\":{\"a\":7,\"b\":2.0}}\n");
  program.result_count = 1;
  EXPECT_EQ(run_program(program, {"t"}).out, "7\n");
  program.result_count = 0;
  EXPECT_EQ(run_program(program, {"t"}).out, "");
}

TEST(Result, AReaderThatWentAway) { EXPECT_EQ(run({"t"}, {.close_stdout = true}).exit_code, 141); }

bool fail_at_site(const void*, void*) {
  pf_str message = values::lit("cannot read `input.txt`: No such file or directory");
  pf_raise(&values::kSite, PF_E_IO, &message);
  return true;
}

TEST(Failure, HasTheSourceLine) {
  Outcome outcome = run_program(program_of(fail_at_site), {"t"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "error[PF0904]: cannot read `input.txt`: No such file or directory\n"
            " --> flow.pf:7:1\n"
            "  |\n"
            "7 | read_file(p) >> upper()\n"
            "  | ^^^^^^^^^^^^\n");
}

TEST(Failure, AsJson) {
  EXPECT_EQ(run_program(program_of(fail_at_site), {"t", "--json"}).err,
            "{\"error\":{\"kind\":\"io\",\"code\":\"PF0904\",\"message\":\"cannot read "
            "`input.txt`: No such file or directory\",\"node\":\"read_file\",\"file\":\"flow.pf\","
            "\"line\":7,\"column\":1}}\n");
}

bool refuse_all(const pf_site* const* sites, size_t) {
  pf_config_error(sites[0], "set it", "no key for `%s`", "openai");
  return false;
}

TEST(Failure, APreflightStopsTheProgram) {
  static const pf_site* const sites[] = {&values::kSite};
  static const pf_preflight preflights[] = {{refuse_all, sites, 1}};
  pf_program program = program_of(show);
  program.preflights = preflights;
  program.preflight_count = 1;
  Outcome outcome = run_program(program, {"t"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "error[PF0902]: no key for `openai`\n"
            " --> flow.pf:7:1\n"
            "  |\n"
            "7 | read_file(p) >> upper()\n"
            "  | ^^^^^^^^^^^^\n"
            "  |\n"
            "  = help: set it\n");
}

bool recurse_forever(const void*, void*) {
  volatile char here = 0;
  // As compiled functions do: the address of a local against the limit.
  if (const_cast<const char*>(&here) < pf_stack_limit) {
    pf_raise_depth(&values::kSite);
    return true;
  }
  bool failed = recurse_forever(nullptr, nullptr);
  here = 1;
  return failed;
}

TEST(Failure, DeepRecursionIsALimit) {
  Outcome outcome = run_program(program_of(recurse_forever), {"t"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err.substr(0, 54), "error[PF0915]: the recursion is too deep for the stack");
}

/// A list in a list in a list …, deeper than any stack.
bool show_nested(const void*, void* results) {
  static pf_type nested = {PF_LIST, 8, 8, 1, "Nested", nullptr, 0, nullptr, nullptr};
  nested.element = &nested;
  pf_list list{};
  for (int i = 0; i < 3'000'000; ++i)
    list.head = static_cast<pf_list_head*>(pf_list_make(&list, 1, &nested));
  pf_to_text(static_cast<pf_str*>(results), &list, &nested);
  return false;
}

TEST(Failure, TextOfADeepValueIsALimit) {
  Outcome outcome = run_program(program_of(show_nested), {"t"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err, "error[PF0915]: a value is nested too deeply for the stack\n");
}

}  // namespace
