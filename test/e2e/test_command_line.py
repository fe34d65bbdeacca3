"""The command line of an executable: options, help, results, exit codes."""
import json
import os
import stat
import subprocess
import unittest

from flow_case import FlowCase

TYPES = """## Show what was given.

schema Shown { text: str; count: int; ratio: float; flag: bool; words: [str] }

flow main(
  ## Any text
  text: str,
  count: int = 1,
  ratio: float = 0.5,
  flag: bool = false,
  words: [str] = []
) -> shown {
  let shown = Shown { text: text, count: count, ratio: ratio, flag: flag, words: words }
}
"""


class Outputs(FlowCase):
    def test_a_pipe_takes_the_executable_and_stays(self):
        pipe, copy = self.folder / "flow", self.folder / "copy"
        os.mkfifo(pipe)
        reader = subprocess.Popen(["sh", "-c", "cat flow > copy && chmod +x copy"], cwd=self.folder)
        self.compile('print("from a pipe")\n')
        self.assertEqual(reader.wait(), 0)
        self.assertTrue(stat.S_ISFIFO(pipe.stat().st_mode))
        self.assert_done(self.run_flow(copy), "from a pipe\n")


class Options(FlowCase):
    def setUp(self):
        super().setUp()
        self.program = self.compile(TYPES)

    def shown(self, *arguments):
        done = self.run_flow(self.program, *arguments)
        self.assert_done(done)
        return json.loads(done.stdout)

    def assert_usage(self, said, *arguments):
        done = self.run_flow(self.program, *arguments)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertIn(said, done.stderr)

    def test_defaults(self):
        done = self.run_flow(self.program, "x")
        self.assert_done(
            done, '{"text":"x","count":1,"ratio":0.5,"flag":false,"words":[]}\n'
        )

    def test_every_type(self):
        shown = self.shown(
            "--text", "x y", "--count=-3", "--ratio", "2", "--flag", "--words", "a", "--words", ""
        )
        self.assertEqual(
            shown, {"text": "x y", "count": -3, "ratio": 2.0, "flag": True, "words": ["a", ""]}
        )

    def test_text_is_taken_as_it_stands(self):
        for text in ("007", "true", "null", "[1]", "@x", "é"):
            self.assertEqual(self.shown("--text", text)["text"], text)

    def test_negated_flag_and_end_of_options(self):
        self.assertFalse(self.shown("x", "--no-flag")["flag"])
        self.assertEqual(self.shown("--", "--flag")["text"], "--flag")

    def test_usage_errors(self):
        self.assert_usage("text")
        self.assert_usage("--conut", "x", "--conut", "1")
        self.assert_usage("--count", "x", "--count", "many")
        self.assert_usage("--count", "x", "--count", "9223372036854775808")
        self.assert_usage("--count", "x", "--count")
        self.assert_usage("--ratio", "x", "--ratio", "half")
        self.assert_usage("surplus", "x", "surplus")

    def test_nearest_option(self):
        self.assert_usage("--count", "x", "--conut", "1")

    def test_invalid_utf8(self):
        done = self.run_flow(self.program, b"caf\xe9")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("UTF-8", done.stderr)

    def test_help(self):
        done = self.run_flow(self.program, "--help")
        self.assert_done(done)
        for said in ("Show what was given.", "--text", "Any text", "--count", "--no-flag", "--json"):
            self.assertIn(said, done.stdout)

    def test_version(self):
        done = self.run_flow(self.program, "--version")
        self.assert_done(done)
        self.assertRegex(done.stdout, r"\d+\.\d+")


class Results(FlowCase):
    def test_text_gets_one_newline(self):
        program = self.compile('flow main(text: str) -> text { }\n')
        self.assert_done(self.run_flow(program, "a"), "a\n")
        self.assert_done(self.run_flow(program, "a\n"), "a\n")

    def test_json_output(self):
        program = self.compile('flow main(text: str) -> text { print("shown") }\n')
        done = self.run_flow(program, "a", "--json")
        self.assert_done(done)
        self.assertEqual(json.loads(done.stdout)["result"], "a")
        self.assertEqual(done.stderr, "shown\n")

    def test_json_error(self):
        done = self.flow('fail("no reason")\n', "--json")
        self.assertEqual(done.returncode, 1)
        error = json.loads(done.stderr)["error"]
        self.assertEqual(error["kind"], "user")
        self.assertEqual(error["message"], "no reason")

    def test_several_results(self):
        source = "flow main() -> (a: int, b: str) { let a = 1\n  let b = \"x\" }\n"
        self.assert_done(self.flow(source), '{"a":1,"b":"x"}\n')

    def test_standard_input_feeds_the_marked_parameter(self):
        program = self.compile("flow main(in text: str) { text >> upper() }\n")
        self.assert_done(self.run_flow(program, stdin="piped"), "PIPED\n")
        self.assert_done(self.run_flow(program, "--text", "given", stdin="piped"), "GIVEN\n")

    def test_standard_input_is_left_alone(self):
        program = self.compile('print("x")\n')
        reading, writing = os.pipe()
        with os.fdopen(reading) as ours, os.fdopen(writing, "w"):
            done = self.communicate(self.start(program, stdin=ours))
        self.assert_done(done, "x\n")

    def test_printing_both_ways(self):
        done = self.flow('flow main() { print(3)\n  eprint([1.0, 2.5]) }\n')
        self.assert_done(done, "3\n")
        self.assertEqual(done.stderr, "[1.0,2.5]\n")

    def test_environment(self):
        program = self.compile('flow main() { env("WHO", default: "nobody") >> print() }\n')
        self.assert_done(self.run_flow(program), "nobody\n")
        self.assert_done(self.run_flow(program, env={"WHO": "me"}), "me\n")
        done = self.flow('env("WHO") >> print()\n')
        self.assert_failed(done, "PF0902", "the environment variable `WHO` is not set")


if __name__ == "__main__":
    unittest.main()
