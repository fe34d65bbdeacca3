"""Stages with `cache`: what their key is made of, what they share, and `pflowc cache`."""
import json
import re
import signal
import sqlite3
import subprocess
import unittest

from flow_case import PFLOWC, FlowCase
from model_mock import ModelMock

CACHED = """flow main(prompt: str) -> said {
  shell("echo run >> runs; echo ${prompt}") with (cache: true) -> said
}
"""


class CacheCase(FlowCase):
    def runs(self, folder=None):
        path = (folder or self.work) / "runs"
        return len(path.read_text().splitlines()) if path.exists() else 0

    def file(self):
        return self.home / "cache" / "results.db"

    def explained(self, program, *arguments, **options):
        """What --explain-cache says of the only cached stage: `hit` or why it missed."""
        done = self.run_flow(program, *arguments, "--explain-cache", **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        (line,) = [line for line in done.stderr.splitlines() if line.startswith("cache: ")]
        what, _, why = re.fullmatch(r"cache: ([\w ]+): `\w+` at [^:]+:\d+:\d+(: (.*))?", line).groups()
        return why if why else what

    def cache(self, *arguments, check=True):
        done = subprocess.run([PFLOWC, "cache", *arguments], env=self.env, capture_output=True,
                              text=True, stdin=subprocess.DEVNULL)
        if check:
            self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def shown(self):
        return json.loads(self.cache("show", "--json").stdout)


class Kept(CacheCase):
    def test_results_are_kept_from_run_to_run(self):
        program = self.compile(CACHED)
        for _ in range(2):
            self.assert_done(self.run_flow(program, "a"), "a\n")
        self.assertEqual(self.runs(), 1)
        self.assert_done(self.run_flow(program, "b"), "b\n")
        self.assertEqual(self.runs(), 2)

    def test_a_miss_is_explained(self):
        program = self.compile(CACHED)
        place = "`shell` at flow.pf:2:3"
        for prompt, said in (
            ("a", f"cache: miss: {place}: nothing is stored for this stage\n"),
            ("a", f"cache: hit: {place}\n"),
            ("b", f"cache: miss: {place}: argument `command` has changed\n"),
        ):
            done = self.run_flow(program, prompt, "--explain-cache")
            self.assert_done(done, f"{prompt}\n")
            self.assertEqual(done.stderr, said)

    def test_false_keeps_nothing(self):
        program = self.compile(CACHED.replace("true", "false"))
        for _ in range(2):
            self.assert_done(self.run_flow(program, "a"), "a\n")
        self.assertEqual(self.runs(), 2)
        self.assertFalse(self.file().exists())

    def test_a_failure_is_not_kept(self):
        program = self.compile('flow main() -> said { shell("echo run >> runs; exit 3") '
                               "with (cache: true) -> said }")
        for _ in range(2):
            self.assertEqual(self.run_flow(program).returncode, 1)
        self.assertEqual(self.runs(), 2)
        self.assertEqual(self.shown()["entries"], 0)

    def test_results_with_items_left_out_are_not_kept(self):
        program = self.compile("""flow run_all(codes: [int]) -> said {
  codes >> each code with (on_error: skip) { shell("echo run >> runs; exit ${code}") } -> all
  "${all.len()} of ${codes.len()}" -> said
}
flow main(code: int) { run_all([0, code]) with (cache: true) -> said
  print(said) }
""")
        for code, said, runs in ((1, "1 of 2", 2), (1, "1 of 2", 4), (0, "2 of 2", 6),
                                 (0, "2 of 2", 6)):
            self.assert_done(self.run_flow(program, str(code)), said + "\n")
            self.assertEqual(self.runs(), runs)

    def test_what_does_not_read_back_is_not_kept(self):
        program = self.compile("""flow grow(x: float) -> y {
  shell("echo run >> runs") -> said
  x * 1e308 -> y
}
flow main() { grow(10.0) with (cache: true) -> y
  print("${y}") }
""")
        for _ in range(2):
            self.assert_done(self.run_flow(program), "inf\n")
        self.assertEqual(self.runs(), 2)


class Keys(CacheCase):
    """What decides a result is in its key, and nothing else."""

    def hit_after(self, first, second, *arguments):
        self.run_flow(self.compile(first), *arguments)
        return self.explained(self.compile(second), *arguments)

    FLOW = """node loud(text: str) -> str = "${text}!"
flow ask(q: str) -> said {
  shell("echo ${q}") -> words
  loud(words) -> said
}
flow main() { ask("x") with (cache: true) -> said
  print(said) }
"""

    def test_edits_elsewhere_and_other_names_do_not_count(self):
        second = "# a comment\n\n" + self.FLOW.replace("words", "told").replace(
            "print(said)", 'print("so: ${said}")')
        self.assertEqual(self.hit_after(self.FLOW, second), "hit")

    def test_the_body_of_a_flow_counts(self):
        second = self.FLOW.replace("echo ${q}", "echo so ${q}")
        self.assertEqual(self.hit_after(self.FLOW, second), "what `ask` does has changed")

    def test_what_a_flow_calls_counts(self):
        second = self.FLOW.replace("${text}!", "${text}?")
        self.assertEqual(self.hit_after(self.FLOW, second), "what `loud` does has changed")

    SCHEMA = """schema Entry {
  ## One line
  text: str
  size: int = 3
}
flow main() { llm("{\\"text\\": \\"x\\"}", model: "echo", schema: Entry) with (cache: true) -> e
  print("${e}") }
"""

    def test_the_schema_counts_with_descriptions_and_defaults(self):
        why = "schema `Entry`"
        self.assertEqual(self.hit_after(self.SCHEMA, self.SCHEMA), "hit")
        for old, new in (("## One line", "## Two lines"), ("text: str", "text: str?"),
                         ("size: int = 3", "length: int = 3")):
            self.assertTrue(self.hit_after(self.SCHEMA, self.SCHEMA.replace(old, new))
                            .startswith(why), old)
        self.assertIn("`Entry.size.default` does has changed",
                      self.hit_after(self.SCHEMA, self.SCHEMA.replace("= 3", "= 4")))

    def test_what_a_node_can_tell_apart_counts(self):
        program = self.compile("""flow show(m: map<int>, x: float) -> said {
  shell("echo ${"${m}"} ${x}") -> said
}
flow main(order: str, x: float) {
  let m: map<int> = if order == "ab" { { "a": 1, "b": 2 } } else { { "b": 2, "a": 1 } }
  show(m, x) with (cache: true) -> said
  print(said)
}
""")
        self.run_flow(program, "ab", "0.0")
        self.assertEqual(self.explained(program, "ba", "0.0"), "argument `m` has changed")
        self.assertEqual(self.explained(program, "ab", "--x=-0.0"), "argument `x` has changed")
        self.assertEqual(self.explained(program, "ab", "0.0"), "hit")

    def test_the_working_folder_counts_for_commands(self):
        program = self.compile(CACHED)
        there = self.folder / "there"
        there.mkdir()
        self.run_flow(program, "a")
        self.assertEqual(self.explained(program, "a", cwd=there), "working folder has changed")
        self.assertEqual(self.explained(program, "a"), "hit")


class Providers(CacheCase):
    def setUp(self):
        super().setUp()
        self.env.update(OPENAI_API_KEY="sk-test-0123456789")
        self.first, self.second = self.provider(), self.provider()
        self.program = self.compile('flow main() -> said { llm("who?", model: "mock") '
                                    "with (cache: true) -> said }")

    def provider(self):
        provider = ModelMock()
        provider.__enter__()
        self.addCleanup(provider.__exit__)
        return provider

    def ask(self, address, program=None, *arguments):
        return self.explained(program or self.program, *arguments,
                              env={"OPENAI_BASE_URL": address})

    def test_servers_share_nothing(self):
        self.ask(self.first.url)
        self.assertEqual(self.ask(self.second.url), "address of `openai` has changed")
        self.assertEqual(self.ask(self.first.url), "hit")
        self.assertEqual(self.ask(self.second.url), "hit")

    def test_one_address_may_be_written_in_many_ways(self):
        url = self.first.url
        self.ask(url)
        for same in (url + "/", url.replace("http://", "http://me:pass@")):
            self.assertEqual(self.ask(same), "hit")

    def test_what_is_secret_in_the_address_is_not_kept(self):
        self.ask(self.first.url.replace("http://", "http://me:pa55word@"))
        for path in self.file().parent.iterdir():
            self.assertNotIn(b"pa55word", path.read_bytes())

    def test_the_address_does_not_count_for_echo(self):
        program = self.compile('flow main() -> said { llm("who?", model: "echo") '
                               "with (cache: true) -> said }", "echo")
        self.ask(self.first.url, program)
        self.assertEqual(self.ask(self.second.url, program), "hit")

    def test_calls_within_a_flow_count(self):
        program = self.compile("""flow ask(q: str) -> said { llm(q) -> said }
flow main() -> said { ask("who?") with (cache: true) -> said }
""", "within")
        self.ask(self.first.url, program, "--model", "mock")
        self.assertEqual(self.ask(self.first.url, program, "--model", "mock"), "hit")
        self.assertEqual(self.ask(self.second.url, program, "--model", "mock"),
                         "address of `openai` has changed")
        self.assertEqual(self.ask(self.first.url, program, "--model", "echo"),
                         "default model has changed")


class InFlight(CacheCase):
    def test_items_of_an_each_share_a_request(self):
        program = self.compile("""flow main() {
  ["a", "a", "b", "a"] >> each x with (parallel: 4) {
    shell("echo run >> runs; sleep 0.2; echo ${x}") with (cache: true)
  } -> said
  print(said.join(","))
}
""")
        done = self.run_flow(program, "--explain-cache")
        self.assert_done(done)
        self.assertEqual(re.findall(r"\w", done.stdout), ["a", "a", "b", "a"])
        self.assertEqual(self.runs(), 2)
        self.assertEqual(done.stderr.count("an equal call runs already"), 2)

    def test_branches_of_a_par_share_a_request(self):
        program = self.compile("""flow main() {
  par {
    shell("echo run >> runs; sleep 0.2; echo said") with (cache: true) -> a
    shell("echo run >> runs; sleep 0.2; echo said") with (cache: true) -> b
  }
  print("${a == b}")
}
""")
        self.assert_done(self.run_flow(program), "true\n")
        self.assertEqual(self.runs(), 1)

    def test_an_interrupt_ends_the_request(self):
        marker = f"97{id(self) % 1_000_000_007}"
        program = self.compile("""flow main(marker: str) {
  ["a", "a"] >> each x with (parallel: 2) {
    shell("echo run >> runs; exec sleep ${marker}") with (cache: true)
  } -> said
}
""")
        running = self.start(program, marker)
        self.wait_until(lambda: self.runs() == 1, "the command to run")
        running.send_signal(signal.SIGINT)
        running.communicate()
        self.assertEqual(running.returncode, 130)
        self.assertEqual(self.processes(marker), [])
        self.assertEqual(self.runs(), 1)


class Troubles(CacheCase):
    """Nothing about the store fails a flow or holds it up."""

    NOTICE = "notice: results are not cached: "

    def test_a_folder_that_cannot_be_written(self):
        program = self.compile(CACHED)
        (self.home / "cache").write_text("in the way")
        for _ in range(2):
            done = self.run_flow(program, "a")
            self.assert_done(done, "a\n")
            self.assertIn(self.NOTICE + "the file cannot be opened", done.stderr)
        self.assertEqual(self.runs(), 2)
        self.assertEqual(self.run_flow(program, "a", "--quiet").stderr, "")

    def test_a_broken_file(self):
        program = self.compile(CACHED)
        self.file().parent.mkdir()
        self.file().write_bytes(b"no database at all" * 1000)
        done = self.run_flow(program, "a")
        self.assert_done(done, "a\n")
        self.assertIn(self.NOTICE + "the file is broken", done.stderr)
        self.assertIn("`pflowc cache clear` makes it anew", done.stderr)
        self.assertEqual(self.cache("show", check=False).returncode, 1)
        self.cache("clear")
        self.assertEqual(self.run_flow(program, "a").stderr, "")
        self.assertEqual(self.explained(program, "a"), "hit")

    def test_a_locked_file(self):
        program = self.compile("""flow main() {
  range(0, 40) >> each n { shell("echo ${n}") with (cache: true) } -> said
  print("${said.len()}")
}
""")
        self.run_flow(self.compile(CACHED, "other"), "a")
        lock = sqlite3.connect(self.file(), isolation_level=None)
        lock.execute("PRAGMA locking_mode = EXCLUSIVE")
        lock.execute("BEGIN EXCLUSIVE")
        done = self.run_flow(program)
        lock.execute("COMMIT")
        lock.close()
        self.assert_done(done, "40\n")
        self.assertIn(self.NOTICE + "another program has locked it", done.stderr)
        self.assertEqual(done.stderr.count("notice"), 1)

    def test_a_file_of_an_older_version(self):
        self.file().parent.mkdir()
        old = sqlite3.connect(self.file())
        old.executescript("""CREATE TABLE results (key TEXT PRIMARY KEY, place TEXT NOT NULL,
            ingredients TEXT NOT NULL, value TEXT NOT NULL, stored_at INTEGER NOT NULL)
            WITHOUT ROWID; INSERT INTO results VALUES ('k', 'p', 'i', 'v', 1);""")
        old.close()
        self.assertEqual(self.shown()["entries"], 0)
        program = self.compile(CACHED)
        self.assertEqual(self.run_flow(program, "a").stderr, "")
        self.assertEqual(self.explained(program, "a"), "hit")
        self.assertEqual(self.shown()["entries"], 1)

    def test_a_file_of_a_newer_version_is_left_alone(self):
        program = self.compile(CACHED)
        self.file().parent.mkdir()
        new = sqlite3.connect(self.file())
        new.executescript("CREATE TABLE other (x); PRAGMA user_version = 99;")
        new.close()
        done = self.run_flow(program, "a")
        self.assert_done(done, "a\n")
        self.assertIn(self.NOTICE + "another version of pflow has made it", done.stderr)

    def test_flows_beside_each_other(self):
        program = self.compile(CACHED)
        running = [self.start(program, f"p{i % 4}") for i in range(12)]
        for flow in running:
            out, err = flow.communicate()
            self.assertEqual((flow.returncode, err), (0, ""), err)
        self.assertEqual(self.shown()["entries"], 4)


class Bound(CacheCase):
    def test_the_least_recently_used_goes_first(self):
        program = self.compile('flow main(n: str) -> said { shell("echo ${n}; seq 4000") '
                               "with (cache: true) -> said }")
        self.env["PFLOW_CACHE_SIZE"] = "50KB"
        for name in ("a", "b"):
            self.run_flow(program, name)
        self.assertEqual(self.explained(program, "a"), "hit")
        self.run_flow(program, "c")
        self.assertEqual(self.explained(program, "a"), "hit")
        self.assertEqual(self.explained(program, "c"), "hit")
        self.assertNotEqual(self.explained(program, "b"), "hit")
        self.assertLessEqual(self.shown()["bytes"], 50_000)

    def test_zero_keeps_nothing(self):
        program = self.compile(CACHED)
        self.env["PFLOW_CACHE_SIZE"] = "0"
        for _ in range(2):
            self.run_flow(program, "a")
        self.assertEqual(self.runs(), 2)

    def test_a_size_that_is_none_is_refused_before_anything_runs(self):
        program = self.compile(CACHED)
        for size in ("many", "-1", "5TB", "99999999999999999999"):
            done = self.run_flow(program, "a", env={"PFLOW_CACHE_SIZE": size})
            self.assert_failed(done, "PF0902", f"`PFLOW_CACHE_SIZE` is `{size}`; expected a size", 2)
        self.assertEqual(self.runs(), 0)


class Command(CacheCase):
    def fill(self):
        program = self.compile("""flow main() {
  shell("echo one") with (cache: true) -> a
  llm(a, model: "echo") with (cache: true) -> b
  llm("${b}!", model: "echo") with (cache: true) -> c
  print(c)
}
""")
        self.run_flow(program)

    def test_show_makes_no_cache(self):
        self.assertEqual(self.cache("show").stdout, f"{self.file()}\nnothing is stored\n")
        self.assertEqual(self.shown(), {"path": str(self.file()), "entries": 0, "bytes": 0, "nodes": [],
                                        "programs": {"path": str(self.home / "cache" / "run"),
                                                     "entries": 0, "bytes": 0}})
        self.assertEqual(self.cache("clear").stdout, "removed 0 entries\n")
        self.assertEqual(list(self.home.iterdir()), [])

    def test_show_says_what_is_stored_by_node(self):
        self.fill()
        shown = self.shown()
        self.assertEqual(shown["entries"], 3)
        self.assertEqual({node["node"]: node["entries"] for node in shown["nodes"]},
                         {"llm": 2, "shell": 1})
        self.assertEqual(sum(node["bytes"] for node in shown["nodes"]), shown["bytes"])
        text = self.cache("show").stdout
        self.assertRegex(text, r"(?m)^ +2 entries +\d+ bytes  llm$")

    def test_clear_takes_all_or_a_part(self):
        self.fill()
        self.assertEqual(self.cache("clear", "--node", "shell").stdout, "removed 1 entry\n")
        self.assertEqual(self.cache("clear", "--older-than", "30d").stdout, "removed 0 entries\n")
        month = 31 * 86_400 * 1_000_000_000
        database = sqlite3.connect(self.file())
        database.execute("UPDATE results SET stored_at = stored_at - ? WHERE id ="
                         " (SELECT min(id) FROM results)", (month,))
        database.commit()
        database.close()
        self.assertEqual(self.cache("clear", "--older-than", "30d", "--json").stdout,
                         '{"removed":1,"programs":0}\n')
        self.assertEqual(self.shown()["entries"], 1)
        self.assertEqual(self.cache("clear").stdout, "removed 1 entry\n")
        self.assertEqual(self.shown()["entries"], 0)

    def test_clear_beside_a_running_flow(self):
        program = self.compile("""flow main() {
  shell("echo one") with (cache: true) -> a
  shell("touch waits; until [ -e go ]; do sleep 0.01; done")
  shell("echo two") with (cache: true) -> b
  print("${a}${b}")
}
""")
        running = self.start(program)
        self.wait_until((self.work / "waits").exists, "the first stage")
        self.assertEqual(self.cache("clear").stdout, "removed 1 entry\n")
        (self.work / "go").touch()
        out, err = running.communicate()
        self.assertEqual((running.returncode, err), (0, ""))
        self.assertEqual(self.shown()["entries"], 1)

    def test_what_is_mistyped_is_told(self):
        done = self.cache("list", check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("`pflowc cache` takes `show` or `clear`, found `list`", done.stderr)
        done = self.cache("clear", "--older-than", "soon", check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("expected a duration such as `30d`, found `soon`", done.stderr)


if __name__ == "__main__":
    unittest.main()
