"""What questions to models cost: --usage, budgets, the log of a run."""
import json
import stat
import unittest
import zlib

from test_llm import LlmCase

MANY = """flow main() {
  range(0, 40) >> each i with (parallel: 40) {
    llm("count ${i}", model: "gpt-4o-mini")
  } -> all
  print("${all.len()}")
}
"""


class UsageCase(LlmCase):
    def used(self, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["usage"]

    def logs(self):
        """The records of each run, in the order of time."""
        runs = []
        for path in sorted((self.home / "runs").iterdir()):
            records = []
            for line in path.read_text(encoding="utf-8").splitlines():
                crc, _, text = line.partition(" ")
                self.assertEqual(int(crc, 16), zlib.crc32(text.encode()))
                records.append(json.loads(text))
            runs.append(records)
        return runs


class Usage(UsageCase):
    def test_in_json(self):
        used = self.used(self.flow(MANY.replace("print(", 'llm("${1.5}", model: "gpt-5.2"); print('), "--json"))
        self.assertEqual(used["calls"], 41)
        self.assertEqual(list(used["by_model"]), ["openai/gpt-4o-mini", "openai/gpt-5.2"])
        mini = used["by_model"]["openai/gpt-4o-mini"]
        self.assertEqual((mini["calls"], mini["input_tokens"], mini["output_tokens"]), (40, 280, 120))
        self.assertAlmostEqual(mini["cost_usd"], (280 * 0.15 + 120 * 0.6) / 1e6)
        self.assertAlmostEqual(used["cost_usd"], sum(one["cost_usd"] for one in used["by_model"].values()))

    def test_on_standard_error(self):
        done = self.flow('flow main() { llm("hi", model: "gpt-4o-mini") >> print() }\n', "--usage")
        self.assert_done(done, "mock: hi\n")
        self.assertEqual(done.stderr, "usage: 1 call, 7 input tokens, 2 output tokens, $0.0000023\n")
        done = self.run_flow(self.folder / "flow", env={"PFLOW_USAGE": "1"})
        self.assertIn("usage: 1 call", done.stderr)
        done = self.run_flow(self.folder / "flow")
        self.assertEqual(done.stderr, "")

    def test_the_built_in_model_has_no_provider(self):
        done = self.flow('flow main() { llm("a", model: "echo"); llm("b", model: "gpt-4o-mini") >> print() }\n', "--usage")
        self.assertIn("\n  echo: 1 call, ", done.stderr)
        self.assertIn("\n  openai/gpt-4o-mini: 1 call, ", done.stderr)

    def test_nothing_was_asked(self):
        done = self.flow("flow main() -> x { let x = 1 }\n", "--json", "--usage")
        self.assertEqual(json.loads(done.stdout), {"result": 1})
        self.assertEqual(json.loads(done.stderr)["usage"]["calls"], 0)

    def test_tries_that_failed_count(self):
        source = """flow main() -> n {
  llm("x", model: "gpt-4o-mini", schema: int) with (retries: 2, wait: 1ms, fallback: 0) -> n
}
"""
        used = self.used(self.flow(source, "--json"))
        self.assertEqual(used["calls"], 3)
        self.assertGreater(used["cost_usd"], 0)

    def test_who_does_not_answer_costs_nothing(self):
        source = 'flow main() -> n { llm("x", model: "status:500") with (retries: 1, wait: 1ms, fallback: "-") -> n }\n'
        used = self.used(self.flow(source, "--json"))
        self.assertEqual((used["calls"], used["input_tokens"], used["cost_usd"]), (2, 0, 0.0))

    def test_a_cost_that_nobody_knows_is_none(self):
        used = self.used(self.flow('flow main() -> n { llm("x", model: "mock") -> n }\n', "--json"))
        self.assertIsNone(used["cost_usd"])
        self.assertGreater(used["input_tokens"], 0)

    def test_the_provider_knows_best(self):
        used = self.used(self.flow('flow main() -> n { llm("x", model: "cost:0.25") -> n }\n', "--json"))
        self.assertEqual(used["cost_usd"], 0.25)

    def test_own_prices(self):
        program = self.compile('flow main() -> n { llm("x", model: "mock") -> n }\n')
        for name in ("mock", "openai/mock", "m*k", "openai/*"):
            (self.home / "prices.json").write_text(json.dumps({name: {"input": 1000, "output": 2e6}}))
            used = self.used(self.run_flow(program, "--json"))
            self.assertAlmostEqual(used["cost_usd"],
                                   (used["input_tokens"] * 1000 + used["output_tokens"] * 2e6) / 1e6)

    def test_broken_prices(self):
        path = self.home / "prices.json"
        program = self.compile('flow main() { llm("x", model: "mock") >> print() }\n')
        for text, why in (('{\n"mock": {"input": 1}}', "2: the file of prices cannot be read: `mock` has no numbers"),
                          ("[", "1: the file of prices cannot be read: ")):
            path.write_text(text)
            done = self.run_flow(program)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"error[PF0902]: {path}:{why}", done.stderr)
            self.assertEqual(self.provider.requests, [])

    def test_vectors_and_streams(self):
        source = """flow main() -> n {
  embed(["a", "b"], model: "text-embedding-3-small") -> v
  llm_stream("one two", model: "gpt-4o-mini") >> count() -> n
}
"""
        used = self.used(self.flow(source, "--json"))
        self.assertEqual(list(used["by_model"]), ["openai/text-embedding-3-small", "openai/gpt-4o-mini"])
        self.assertGreater(used["by_model"]["openai/text-embedding-3-small"]["input_tokens"], 0)
        self.assertGreater(used["by_model"]["openai/gpt-4o-mini"]["cost_usd"], 0)


class Budgets(UsageCase):
    def test_none_begins_beyond_it(self):
        # One question may cost $0.00060, and costs $0.00000285.
        done = self.flow(MANY, "--budget", "0.0005")
        self.assert_failed(done, "PF0918", "item at index 0 (0): the budget of $0.0005 allows no further question")
        self.assertEqual(self.provider.requests, [])

    def test_it_waits_for_what_others_really_cost(self):
        done = self.flow(MANY, "--budget", "0.00075", "--usage")
        self.assert_done(done, "40\n")

    def test_of_an_each(self):
        source = MANY.replace("parallel: 40", "parallel: 40, budget: 0.00061, on_error: skip")
        done = self.flow(source)
        self.assert_done(done, "3\n")
        self.assertEqual(len(self.provider.requests), 3)
        self.assertIn("budget", done.stderr)

    def test_of_a_call_and_a_block(self):
        source = """flow main() {
  {
    llm("a", model: "gpt-4o-mini", max_tokens: 10) with (budget: 0.0001) >> print()
    llm("b", model: "gpt-4o-mini") with (retries: 5) >> print()
  } with (budget: 0.0005)
}
"""
        done = self.flow(source)
        self.assertEqual(done.returncode, 1)
        self.assertIn("error[PF0918]: the budget of $0.0005 ", done.stderr)
        self.assertEqual(len(self.provider.requests), 1)

    def test_tries_share_it(self):
        source = """flow main() {
  llm("x", model: "cost:0.4", schema: int) with (retries: 9, wait: 1ms, budget: 1.0) >> print()
}
"""
        (self.home / "prices.json").write_text('{"cost:*": {"input": 0, "output": 1}}')
        done = self.flow(source)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(self.provider.requests), 3)
        self.assertIn("PF0918", done.stderr)

    def test_a_model_without_price(self):
        done = self.flow('flow main() { llm("x", model: "mock") with (budget: 1.0) >> print() }\n')
        self.assert_failed(done, "PF0918", "the model has no known price, so that no budget can be kept")
        self.assertIn("prices.json", done.stderr)
        self.assertEqual(self.provider.requests, [])

    def test_echo_costs_nothing(self):
        done = self.flow('flow main() { llm("x") with (budget: 0.000001) >> print() }\n', "--model", "echo")
        self.assert_done(done, "x\n")

    def test_who_waits_is_cancelled(self):
        source = """flow main() {
  par with (budget: 0.00015) {
    llm("a", model: "hang", max_tokens: 100) with (retries: 0, timeout: 2s, fallback: "late")
    llm("b", model: "hang", max_tokens: 100) with (retries: 0, timeout: 1s, fallback: "waited")
  }
  print("over")
}
"""
        (self.home / "prices.json").write_text('{"hang": {"input": 0, "output": 1}}')
        self.assert_done(self.flow(source), "over\n")
        self.assertEqual(len(self.provider.requests), 1)

    def test_wrong_values(self):
        program = self.compile('flow main() { llm("x") >> print() }\n')
        for option in ("x", "0", "-1", "nan", "inf"):
            done = self.run_flow(program, f"--budget={option}")
            self.assert_failed(done, "PF0901", "`--budget` expects US dollars above 0", exit_code=2)
        done = self.run_flow(program, "--model", "echo", env={"PFLOW_BUDGET": "much"})
        self.assert_failed(done, "PF0901", "`PFLOW_BUDGET` expects US dollars above 0, found `much`", exit_code=2)


class Logs(UsageCase):
    def test_what_is_kept(self):
        done = self.flow("""flow main() {
  [1, 2] >> each i { llm("count ${i}", system: "s", model: "gpt-4o-mini") } -> all
  llm("no", model: "refuse") with (retries: 0, fallback: "-") >> print()
}
""")
        self.assert_done(done, "-\n")
        ((run, first, second, refused, end),) = self.logs()
        self.assertEqual((run["type"], run["program"], run["format"]), ("run", "flow.pf", 1))
        self.assertRegex(first["key"], r"^main/each\[0\] > main/llm#[0-9a-f]{8}$")
        self.assertRegex(second["key"], r"^main/each\[1\] > main/llm#[0-9a-f]{8}$")
        self.assertEqual({name: first[name] for name in ("node", "attempt", "model", "system", "prompt", "response")},
                         {"node": "llm", "attempt": 1, "model": "openai/gpt-4o-mini", "system": "s",
                          "prompt": "count 1", "response": "mock: count 1"})
        self.assertEqual(first["usage"]["input_tokens"], 7)
        self.assertEqual(refused["error"], {"kind": "model", "message": "the model refused: I will not."})
        self.assertEqual((end["type"], end["exit_code"]), ("end", 0))

    def test_each_try_and_each_model(self):
        source = """flow main() {
  llm("x", model: "status:500", fallback_models: ["mock"], schema: int) with (retries: 1, wait: 1ms, fallback: 0)
}
"""
        self.assert_done(self.flow(source))
        ((_, *tries, _),) = self.logs()
        self.assertEqual([(one["model"], one["attempt"]) for one in tries],
                         [("openai/status:500", 1), ("openai/mock", 1), ("openai/status:500", 2), ("openai/mock", 2)])
        self.assertEqual(tries[0]["error"]["kind"], "http")

    def test_only_its_owner_reads_it(self):
        self.assert_done(self.flow('flow main() { llm("x") >> print() }\n', "--model", "echo"), "x\n")
        runs = self.home / "runs"
        self.assertEqual(stat.S_IMODE(runs.stat().st_mode), 0o700)
        self.assertEqual([stat.S_IMODE(path.stat().st_mode) for path in runs.iterdir()], [0o600])

    def test_off(self):
        program = self.compile('flow main() { llm("x") >> print() }\n')
        self.run_flow(program, "--model", "echo", "--log", "off")
        self.run_flow(program, "--model", "echo", env={"PFLOW_LOG": "off"})
        self.assertFalse((self.home / "runs").exists())
        (self.home / "logs-off").touch()
        self.run_flow(program, "--model", "echo")
        self.assertFalse((self.home / "runs").exists())
        self.run_flow(program, "--model", "echo", "--log=on")
        self.assertEqual(len(self.logs()), 1)
        done = self.run_flow(program, "--log", "maybe")
        self.assert_failed(done, "PF0901", "`--log` expects `on` or `off`, found `maybe`", exit_code=2)

    def test_what_cannot_be_written_fails_nothing(self):
        (self.home / "runs").write_text("in its place")
        self.assert_done(self.flow('flow main() { llm("x") >> print() }\n', "--model", "echo"), "x\n")

    def test_programs_without_models_keep_none(self):
        self.assert_done(self.flow('flow main() { print("x") }\n'), "x\n")
        self.assertFalse((self.home / "runs").exists())

    def test_the_key_is_not_in_it(self):
        self.flow('flow main() { llm("x", model: "leak") with (retries: 0) >> print() }\n')
        text = json.dumps(self.logs())
        self.assertIn("Incorrect API key", text)
        self.assertNotIn(self.env["OPENAI_API_KEY"], text)


if __name__ == "__main__":
    unittest.main()
