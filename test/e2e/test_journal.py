"""Journals: runs that stop, by whatever means, and go on."""
import json
import os
import shutil
import unittest

from journal_case import JournalCase
from model_mock import Answer, Failure, ToolCall
from test_providers import MODELS
from test_tools import ToolCase

LEDGER = """flow main(names: [str]) {
  names >> each name { shell("echo ${name} >>ledger; test ${name} != c || read line <gate; echo ${name}!") } -> outs
  outs.join(" ")
}
"""


class GoingOn(JournalCase):
    def test_what_was_done_is_not_done_again(self):
        program = self.compile(LEDGER)
        self.kill_in_the_middle(program)
        self.rewrite(lambda record: record.get("type") != "intent")
        self.assert_done(self.resume(program), "a! b! c! d!\n")
        self.assertEqual(self.ledger(), ["a", "b", "c", "c", "d"])
        self.assert_done(self.resume(program), "a! b! c! d!\n")
        self.assertEqual(self.ledger(), ["a", "b", "c", "c", "d"])
        kinds = [record["type"] for record in self.records()]
        self.assertEqual(kinds, ["run", "result", "result", "resume", "intent", "result", "intent", "result", "end",
                                 "resume", "end"])

    def test_nobody_knows_whether_it_was_done(self):
        program = self.compile(LEDGER)
        self.kill_in_the_middle(program)
        done = self.resume(program)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("nobody knows whether this was done: `main/each", done.stderr)
        self.assertIn('`shell` with {"command":"echo c >>ledger; test c != c', done.stderr)
        self.assertIn("`--in-doubt again` does it again", done.stderr)
        self.assertEqual(self.ledger(), ["a", "b", "c"])
        self.assert_done(self.resume(program, "--in-doubt", "again"), "a! b! c! d!\n")
        self.assertEqual(self.ledger(), ["a", "b", "c", "c", "d"])

    def test_it_sees_what_the_first_run_saw(self):
        program = self.compile("""flow main() {
  random(1, 1000000000) -> n
  env("WHO") -> who
  read_file("input.txt") -> text
  now() -> at
  shell("test -e ready")
  "${n} ${who} ${text} ${at.len()}"
}
""")
        (self.work / "input.txt").write_text("old")
        done = self.run_flow(program, "--journal", "run.journal", env={"WHO": "Ada"})
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr.endswith("`--resume run.journal` goes on with this run\n"), done.stderr)
        (self.work / "input.txt").write_text("new")
        (self.work / "ready").touch()
        n = next(record["out"]["value"] for record in self.records() if record.get("node") == "random")
        done = self.resume(program, env={"WHO": "Bob"})
        self.assertEqual((done.returncode, done.stdout.split()[:3]), (0, [str(n), "Ada", "old"]), done.stderr)

    def test_models_are_asked_for_the_rest_alone(self):
        program = self.compile("""flow main(bad: str = "x") {
  range(20) >> each n with (parallel: 4) { llm("n ${n}", model: if "${n}" == bad { "status:400" } else { "mock" }) }
    >> len() >> print()
}
""")
        done = self.run_flow(program, "--bad", "13", "--journal", "run.journal")
        self.assertEqual(done.returncode, 1)
        asked = len(self.provider.requests)
        answered = sum(record["type"] == "result" and "out" in record for record in self.records())
        done = self.resume(program, "--bad", "x", "--usage")
        self.assert_done(done, "20\n")
        self.assertEqual(len(self.provider.requests) - asked, 20 - answered)
        self.assertIn(f"{20 - answered} calls", done.stderr)

    def test_parameters_and_the_model_are_those_of_the_first_run(self):
        program = self.compile('flow main(name: str, times: int = 2, tags: [str] = []) {\n'
                               '  llm("${name} ${times} ${tags}") -> answer\n  shell("test -e ready")\n  answer\n}\n')
        done = self.run_flow(program, "Ada", "--tags", "x", "--tags", "y", "--model", "echo", "--journal", "run.journal")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.rewrite(lambda record: record.get("node") != "llm")
        (self.work / "ready").touch()
        self.assert_done(self.resume(program), 'Ada 2 ["x","y"]\n')
        self.assertEqual(self.provider.requests, [])

    def test_a_wait_goes_on_where_it_was(self):
        program = self.compile('flow main() { sleep(1h); shell("test -e ready"); print("over") }\n')
        env = {"PFLOW_VIRTUAL_TIME": ""}
        run = self.start(program, "--journal", "run.journal", env=env)
        self.wait_until(lambda: (self.work / "run.journal").exists() and len(self.records()) == 2, "the sleep")
        run.kill()
        self.communicate(run)

        def before(record):
            if record["type"] == "intent":
                record["began"] -= 3600 * 1000
        self.rewrite(before)
        (self.work / "ready").touch()
        self.assert_done(self.resume(program, env=env), "over\n")

    def test_what_a_later_try_has_given(self):
        program = self.compile("""flow main() {
  shell("echo x >>ledger; test $(grep -c x ledger) -ge 3 && echo one") with (retries: 2, wait: 1ms, in_doubt: "again") -> one
  {
    shell("echo y >>ledger; echo two") -> two
    shell("echo z >>ledger; test $(grep -c z ledger) -ge 2 && echo three") -> three
  } with (retries: 2, wait: 1ms)
  range(0, 2) >> each n with (retries: 1) { shell("echo n${n} >>ledger; test $(grep -c n${n} ledger) -ge 2 && echo ${n}") } -> many
  shell("test -e go")
  print("${one} ${two} ${three} ${many}")
}
""")
        self.assertEqual(self.run_flow(program, "--journal", "run.journal").returncode, 1)
        ledger = self.ledger()
        self.assertEqual(sorted(ledger), ["n0", "n0", "n1", "n1", "x", "x", "x", "y", "y", "z", "z"])
        self.assertEqual(self.resume(program).returncode, 1)
        (self.work / "go").write_text("")
        self.assert_done(self.resume(program), 'one two three ["0","1"]\n')
        self.assertEqual(self.ledger(), ledger)

    def test_the_cache_holds_what_it_held(self):
        """Also when the store has lost it, or has got something since."""
        program = self.compile("""flow main() {
  shell("cat word") with (cache: true) as first
  print(first.stdout)
  shell("test -e go") with (cache: true)
  shell("cat other") with (cache: true) as second
  print("${first.stdout} ${second.stdout}")
}
""")
        for name in ("word", "other", "go"):
            (self.work / name).write_text("one")
        self.assert_done(self.run_flow(program), "one\none one\n")
        (self.work / "go").unlink()
        shutil.rmtree(self.home / "cache")
        self.run_flow(program, "--journal", "before.journal")  # `cat word` alone is stored again
        done = self.run_flow(program, "--journal", "run.journal")
        self.assertEqual((done.returncode, done.stdout), (1, "one\n"))
        (lookup,) = [record for record in self.records() if record["type"] == "cache" and record["hit"]]
        self.assertEqual(json.loads(lookup["results"].splitlines()[0])[:3], "one")
        shutil.rmtree(self.home / "cache")
        for name in ("word", "other", "go"):
            (self.work / name).write_text("two")
        self.assert_done(self.resume(program), "one two\n")

    def test_loops_and_actions(self):
        program = self.compile("""flow main() {
  let all: [str] = []
  repeat i in range(5) {
    shell("echo ${i} >>ledger; echo ${i}") -> out
    all = all + [out]
  }
  shell("test -e ready")
  all.join("")
}
""")
        self.assertEqual(self.run_flow(program, "--journal", "run.journal").returncode, 1)
        keys = [record["key"] for record in self.records() if record["type"] == "result" and "out" in record]
        self.assertEqual((len(keys), len(set(keys))), (5, 5), keys)
        (self.work / "ready").touch()
        self.assert_done(self.resume(program), "01234\n")
        self.assertEqual(self.ledger(), list("01234"))

    def test_a_stage_and_all_after_it_are_done_again(self):
        program = self.compile('flow main() {\n  shell("echo a >>ledger") as first\n  shell("echo b >>ledger") as second\n'
                               '  shell("echo c >>ledger")\n}\n')
        self.assert_done(self.run_flow(program, "--journal", "run.journal"))
        self.assert_done(self.resume(program, "--resume-from", "main/second"))
        self.assertEqual(self.ledger(), ["a", "b", "c", "b", "c"])
        done = self.resume(program, "--resume-from", "main/third")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no step of the stage `main/third` stands in it", done.stderr)


class Tools(JournalCase, ToolCase):
    def setUp(self):
        super().setUp()
        self.env["OPENAI_BASE_URL"] = self.mock.url

    def test_tools_of_a_question_that_was_not_answered(self):
        """It is asked again; a tool that is called alike gives what it gave."""
        program = self.compile("""## Writes a name down.
flow note(name: str) -> told {
  shell("echo ${name} >>ledger; echo noted ${name}") -> told
}

flow main(who: str) { llm("hi", model: who, tools: [note], retries: 0) >> print() }
""".replace(", retries: 0)", ") with (retries: 0)"))
        ask = Answer(tool_calls=(ToolCall("note", {"name": "Ada"}), ToolCall("note", {"name": "Bob"})))
        self.script(ask, Failure(400, "no"))
        done = self.run_flow(program, MODELS["openai_chat"], "--journal", "run.journal")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(self.ledger(), ["Ada", "Bob"])
        self.script(Answer(tool_calls=(ToolCall("note", {"name": "Bob"}), ToolCall("note", {"name": "Eve"}))), Answer("fine"))
        self.assert_done(self.resume(program), "fine\n")
        self.assertEqual(self.ledger(), ["Ada", "Bob", "Eve"])


class Refusals(JournalCase):
    SOURCE = 'flow main(name: str = "a") {\n  shell("echo ${name} >>ledger") as first\n  read_file("ready") >> len()\n}\n'

    def fail_once(self, source=SOURCE, **options):
        program = self.compile(source)
        done = self.run_flow(program, "--journal", "run.journal", **options)
        self.assertEqual(done.returncode, 1, done.stderr)
        (self.work / "ready").write_text("12")
        return program

    def test_other_arguments(self):
        program = self.fail_once()
        done = self.resume(program, "--name", "b")
        self.assert_failed(done, "PF0902", "the arguments of `shell` are others than in the run that goes on")
        self.assert_done(self.resume(program, "--name", "b", "--keep-results"), "2\n")
        self.assert_done(self.resume(program, "--name", "b", "--resume-from", "main/first"), "2\n")
        self.assertEqual(self.ledger(), ["a", "b"])

    def test_a_changed_program(self):
        self.fail_once()
        gone = self.compile('flow main(name: str = "a") { read_file("ready") >> len() }\n', options=["--with", "journal"])
        done = self.resume(gone)
        self.assertEqual(done.returncode, 2)
        self.assertIn("the program has changed: `main/first` is gone", done.stderr)
        other = self.compile('flow main(name: str = "a") {\n  list_dir(name) as first\n  read_file("ready") >> len()\n}\n',
                             options=["--with", "journal"])
        self.assertIn("`main/first` gives other values", self.resume(other).stderr)
        more = self.compile('flow main(name: str = "a") {\n  print("more")\n' + self.SOURCE.split("{\n")[1])
        self.assert_done(self.resume(more), "more\n2\n")
        self.assertEqual(self.ledger(), ["a"])
        named = self.compile(self.SOURCE, name="other")
        self.assertIn("it is a run of `flow`, this is `other`", self.resume(named).stderr)

    def test_secrets_are_given_again(self):
        program = self.compile('flow main(token: secret) {\n  read_file("held") -> held\n  shell("echo >>ledger")\n'
                               '  read_file("ready") -> text\n  "${held} ${text}"\n}\n')
        (self.work / "held").write_text("hunter2-hunter2")
        self.run_flow(program, "--token", "hunter2-hunter2", "--journal", "run.journal")
        self.assertNotIn("hunter2", (self.work / "run.journal").read_text())
        self.assertIn("a key or a secret stands in it", [record.get("not_kept") for record in self.records()])
        self.assertEqual((self.work / "run.journal").stat().st_mode & 0o777, 0o600)
        (self.work / "ready").write_text("12")
        done = self.resume(program)
        self.assertEqual(done.returncode, 2)
        self.assertIn("`--token` is missing", done.stderr)
        self.assert_done(self.resume(program, "--token", "hunter2-hunter2"), "hunter2-hunter2 12\n")

    def test_two_at_once(self):
        program = self.compile('flow main() { shell("read line <gate") }\n')
        os.mkfifo(self.work / "gate")
        run = self.start(program, "--journal", "run.journal")
        self.wait_until(lambda: (self.work / "run.journal").exists() and len(self.records()) == 2, "the shell")
        done = self.resume(program)
        self.assertEqual(done.returncode, 2)
        self.assertIn("cannot go on with `run.journal`: another process runs it", done.stderr)
        (self.work / "gate").write_text("x\n")
        self.assert_done(self.communicate(run))

    def test_files_that_are_no_journal(self):
        program = self.fail_once()
        (self.work / "empty").touch()
        (self.work / "text").write_text("hello\n")
        for name, why in (("empty", "no run stands in it"), ("text", "no run stands in it"), ("absent", "No such file"),
                          (".", "directory")):
            done = self.resume(program, journal=name)
            self.assertEqual(done.returncode, 2, name)
            self.assertIn(why, done.stderr)
        done = self.run_flow(program, "--journal", "run.journal")
        self.assertEqual(done.returncode, 2)
        self.assertIn("`--resume` goes on with it; a new run takes another file", done.stderr)
        for option, value in (("--in-doubt", "maybe"), ("--journal-sync", "often")):
            self.assertEqual(self.resume(program, option, value).returncode, 2)

    def test_damage(self):
        program = self.fail_once()
        whole = (self.work / "run.journal").read_bytes()
        at = whole.index(b"\n") + 30
        (self.work / "run.journal").write_bytes(whole[:at] + b"#" + whole[at + 1:])
        done = self.resume(program)
        self.assertEqual(done.returncode, 2)
        self.assertIn("line 2 is damaged, and records follow it", done.stderr)


class Cuts(JournalCase):
    def test_a_journal_that_ends_anywhere(self):
        program = self.compile("""flow main() {
  range(8) >> each n { write_file("out/${n}", "value ${n}") } -> paths
  paths >> each p { read_file(p) } -> texts
  texts.join(" ")
}
""", options=["--with", "journal"])
        self.assert_done(self.run_flow(program, "--journal", "run.journal"))
        whole = (self.work / "run.journal").read_bytes()
        first = whole.index(b"\n") + 1
        for end in [*range(first, len(whole), 7), len(whole) - 1]:
            (self.work / "run.journal").write_bytes(whole[:end])
            done = self.resume(program)
            self.assert_done(done, " ".join(f"value {n}" for n in range(8)) + "\n")
            self.records()


class Parts(JournalCase):
    def test_parts_of_executables(self):
        plain = self.compile('read_file("a") >> write_file("b")\n')
        done = self.run_flow(plain, "--journal", "auto")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--with journal` makes one that has it", done.stderr)
        self.assertIn("--with journal`", self.run_flow(plain, "--resume", "x").stderr)
        (self.work / "a").write_text("text")
        program = self.compile('read_file("a") >> write_file("b")\n', options=["--with", "journal"])
        self.assert_done(self.run_flow(program, "--journal", "run.journal"))
        self.assertEqual([record["type"] for record in self.records()], ["run", "result", "result", "end"])


if __name__ == "__main__":
    unittest.main()
