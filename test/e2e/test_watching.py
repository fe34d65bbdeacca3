"""Who watches a run: --trace and --progress. None of them changes how it ends."""
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import unittest

from test_llm import KEY, LlmCase

JUDGE = """flow main(texts: [str]) {
  texts >> each text with (parallel: 4, on_error: skip) {
    llm("judge ${text}", model: if text == "bad" { "status:400" } else { "mock" })
  } -> verdicts
  write_file("verdicts.txt", verdicts.join("\\n"))
  print("${verdicts.len()} verdicts")
}
"""


class WatchingCase(LlmCase):
    def traced(self, program, *arguments, **options):
        """How it ended, and the events of its trace."""
        done = self.run_flow(program, *arguments, "--trace", "trace.json", **options)
        return done, json.loads((self.work / "trace.json").read_text(encoding="utf-8"))


def steps(events):
    return [event for event in events if event["ph"] == "X"]


class Traces(WatchingCase):
    def test_steps_of_a_batch(self):
        done, events = self.traced(self.compile(JUDGE), "a", "bad", "c")
        self.assertEqual(done.returncode, 0, done.stderr)
        found = steps(events)
        self.assertEqual([step["name"] for step in found if step["name"] != "llm"], ["write_file", "print"])
        asked = {re.search(r"\[(\d)\]", step["args"]["place"])[1]: step for step in found if step["name"] == "llm"}
        self.assertEqual(set(asked), {"0", "1", "2"})
        self.assertEqual(asked["0"]["args"]["in"]["prompt"], "judge a")
        self.assertEqual(asked["0"]["args"]["out"]["response"], "mock: judge a")
        self.assertEqual(asked["0"]["args"]["usage"]["input_tokens"], 7)
        self.assertEqual(asked["0"]["cat"], "net")
        self.assertEqual(asked["1"]["args"]["error"], "http")
        self.assertNotIn("out", asked["1"]["args"])
        # They overlap, so each is drawn in a lane of its own.
        self.assertEqual(len({step["tid"] for step in asked.values()}), 3)
        (skipped,) = [event for event in events if event["name"] == "skipped"]
        self.assertEqual((skipped["ph"], skipped["args"]["item"]), ("i", 1))

    def test_what_was_in_the_cache(self):
        program = self.compile('flow main() { shell("echo hi") with (cache: true) as said; print(said.stdout) }\n')
        self.run_flow(program)
        _, events = self.traced(program)
        self.assertEqual([step["name"] for step in steps(events)], ["print"])
        (mark,) = [event for event in events if event.get("cat") == "cache"]
        self.assertEqual((mark["ph"], mark["name"]), ("i", "shell"))
        self.assertRegex(mark["args"]["place"], r"^main/said$")

    def test_times_are_of_the_run(self):
        source = 'flow main() { sleep(2s); sleep(500ms) }\n'
        _, events = self.traced(self.compile(source))
        first, second = steps(events)
        self.assertEqual((first["ts"], first["dur"]), (0, 2_000_000))
        self.assertEqual((second["ts"], second["dur"], second["tid"]), (2_000_000, 500_000, first["tid"]))

    def test_tries(self):
        source = """flow main() {
  llm("x", model: "status:500") with (retries: 2, wait: 1s, jitter: false, fallback: "none") >> print()
}
"""
        done, events = self.traced(self.compile(source))
        self.assert_done(done, "none\n")
        self.assertEqual([step["args"].get("attempt", 1) for step in steps(events) if step["name"] == "llm"], [1, 2, 3])
        again = [event["args"] for event in events if event["name"] == "tries again"]
        self.assertEqual([(args["attempt"], args["wait_ms"]) for args in again], [(1, 1000), (2, 2000)])

    def test_counters_of_tokens(self):
        source = 'flow main() { llm("a", model: "gpt-4o-mini"); llm("b", model: "gpt-4o-mini") >> print() }\n'
        _, events = self.traced(self.compile(source))
        self.assertEqual([event["args"]["tokens"] for event in events if event["name"] == "tokens"], [9, 18])
        self.assertEqual(len([event for event in events if event["name"] == "cost"]), 2)

    def test_secrets_are_never_in_it(self):
        source = """flow main(token: secret, base: str) {
  read_file("leak") >> print()
  http("${base}/absent", headers: { "Authorization": "Bearer ${token}" })
}
"""
        (self.work / "leak").write_text("it is hunter2-hunter2!")
        done, _ = self.traced(self.compile(source), "--token", "hunter2-hunter2", "--base", self.provider.url)
        self.assertEqual(done.stdout, "it is hunter2-hunter2!\n")
        self.assertIn("PF0906", done.stderr)
        text = (self.work / "trace.json").read_text()
        self.assertNotIn("hunter2", text)
        self.assertIn('"content":"it is ***!"', text)
        self.assertIn('"headers":{"Authorization":"***"}', text)
        self.traced(self.compile('llm("hi", model: "mock") >> print()\n'))
        self.assertNotIn(KEY, (self.work / "trace.json").read_text())

    def test_long_values_are_cut(self):
        source = """flow main() {
  write_file("big", range(0, 100000).map(i => "é").join(""))
  read_file("big") -> text
  print("${text.len()}")
}
"""
        program = self.compile(source, options=["--with", "trace"])
        done, events = self.traced(program)
        self.assertEqual(done.returncode, 0, done.stderr)
        written, read, _ = steps(events)
        self.assertTrue(written["args"]["in"]["content"].endswith("é…"))
        self.assertLess(len(json.dumps(read)), 10_000)

    def test_a_pipe_gets_each_event_as_it_happens(self):
        for name in ("events", "gate"):
            os.mkfifo(self.work / name)
        run = self.start(self.compile('flow main() { shell("read line <gate") >> print() }\n'), "--trace", "events")
        told = ""
        with open(self.work / "events", encoding="utf-8") as events:
            while '"shell"' not in told:
                told += os.read(events.fileno(), 4096).decode()
            (begun,) = [event for event in json.loads(told + "]") if event["ph"] != "M"]
            (self.work / "gate").write_text("x\n")
            rest = json.loads("[" + events.read().lstrip(","))
        self.assertEqual(run.wait(), 0)
        self.assertEqual([begun["ph"], begun["name"], begun["args"]["place"]], ["B", "shell", rest[0]["args"]["place"]])
        self.assertEqual([(event["ph"], event["name"], event["tid"]) for event in rest],
                         [("E", "shell", begun["tid"]), ("B", "print", 1), ("E", "print", 1)])

    def test_a_pipe_that_loses_its_reader_changes_nothing(self):
        os.mkfifo(self.work / "events")
        program = self.compile('flow main() { range(2000) >> each n { llm("n ${n}") } >> count() >> print() }\n')
        run = self.start(program, "--trace", "events", "--model", "echo")
        with open(self.work / "events", encoding="utf-8") as events:
            os.read(events.fileno(), 1)
        done = self.communicate(run)
        self.assert_done(done, "2000\n")
        self.assertIn("`events` is not complete: Broken pipe", done.stderr)

    def test_a_run_that_fails_has_its_trace(self):
        done, events = self.traced(self.compile('flow main() { sleep(1s); read_file("absent") >> print() }\n'))
        self.assertEqual(done.returncode, 1)
        self.assertEqual([step["args"].get("error") for step in steps(events)], [None, "io"])

    def test_from_the_environment(self):
        program = self.compile('llm("x", model: "mock") >> print()\n')
        self.run_flow(program, env={"PFLOW_TRACE": "t.json"})
        self.assertTrue((self.work / "t.json").exists())

    def test_a_file_that_cannot_be_written_stops_it_before_it_begins(self):
        program = self.compile('flow main() { llm("x", model: "mock") >> print() }\n')
        done = self.run_flow(program, "--trace", "no/such/folder/t.json")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("cannot write `no/such/folder/t.json` of `--trace`", done.stderr)
        self.assertEqual(self.bodies(), [])

    @unittest.skipUnless(os.path.exists("/dev/full"), "no full disk to write to")
    def test_a_full_disk_changes_nothing_else(self):
        program = self.compile('flow main() { llm("x", model: "mock") >> print() }\n')
        done = self.run_flow(program, "--trace", "/dev/full")
        self.assertEqual((done.returncode, done.stdout), (0, "mock: x\n"))
        self.assertEqual(done.stderr, "`/dev/full` is not complete: No space left on device\n")

    def test_what_never_waits_has_it_when_asked_for(self):
        source = 'read_file("in") >> write_file("out")\n'
        (self.work / "in").write_text("x")
        plain = self.run_flow(self.compile(source), "--trace", "t.json")
        self.assertEqual(plain.returncode, 2)
        self.assertIn("`--trace` is no part of this executable", plain.stderr)
        self.assertIn("`pflowc flow.pf --with trace` makes one that has it", plain.stderr)
        self.assertFalse((self.work / "out").exists())
        done, events = self.traced(self.compile(source, options=["--with", "trace"]))
        self.assert_done(done)
        read, written = steps(events)
        self.assertEqual((read["name"], read["cat"], read["args"]["out"]), ("read_file", "fs.read", {"content": "x"}))
        self.assertEqual(written["args"]["in"], {"path": "out", "content": "x", "append": False})


class Progress(WatchingCase):
    def test_lines_where_there_is_no_terminal(self):
        done = self.run_flow(self.compile(JUDGE), "a", "b", "bad", "--progress", "always")
        self.assertEqual((done.returncode, done.stdout), (0, "2 verdicts\n"))
        self.assertRegex(done.stderr, r"(?m)^each, line 2  3/3  .*1 skipped$")
        self.assertRegex(done.stderr, r"(?m)^flow\.pf:2:.*item 2 is skipped \(http\): ")
        self.assertNotIn("\x1b", done.stderr)

    def test_nothing_is_shown_unless_there_is_a_terminal(self):
        for options in ([], ["--progress", "auto"], ["--progress", "never"]):
            done = self.run_flow(self.compile(JUDGE), "a", *options)
            self.assertEqual(done.stderr, "")

    def test_retries_with_their_reason(self):
        source = 'flow main() { llm("x", model: "status:500") with (retries: 9, wait: 1s, fallback: "-") >> print() }\n'
        done = self.run_flow(self.compile(source), "--progress", "always")
        told = [line for line in done.stderr.splitlines() if "failed, again in" in line]
        self.assertEqual(len(told), 5)
        self.assertRegex(told[0], r"^flow\.pf:1:\d+: try 1 failed, again in \d\.\ds \(http\): ")
        self.assertIn("further retries and skipped items are only counted\n", done.stderr)

    def test_another_word(self):
        done = self.run_flow(self.compile(JUDGE), "a", "--progress", "sometimes")
        self.assertEqual(done.returncode, 2)
        self.assertIn("`--progress` expects another word than `sometimes`", done.stderr)


GATES = """flow main() {
  ["a", "b", "c"] >> each name with (parallel: 3) { shell("cat ${name}.gate") } -> all
  print("${all.join("+")}")
}
"""


class Terminal(WatchingCase):
    """A run on a terminal, which waits at gates that the test opens."""

    def setUp(self):
        super().setUp()
        self.env.update(PFLOW_VIRTUAL_TIME="0", TERM="xterm")
        for name in "abc":
            os.mkfifo(self.work / f"{name}.gate")
        self.seen = ""

    def begin(self, columns, *arguments):
        ours, theirs = pty.openpty()
        self.addCleanup(os.close, ours)
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        process = subprocess.Popen([self.compile(GATES), *arguments], env=self.env, cwd=self.work,
                                   stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        os.close(theirs)
        self.terminal = ours
        return process

    def open_gate(self, name, text):
        (self.work / f"{name}.gate").write_text(text)

    def read_until(self, pattern):
        """Reads what is written until the screen has it, or to the end."""
        while not (pattern and re.search(pattern, "\n".join(self.screen()))):
            try:
                more = os.read(self.terminal, 65536)
            except OSError:
                more = b""
            if not more:
                self.assertIsNone(pattern, f"the end came first: {self.seen!r}")
                return
            self.seen += more.decode()

    def screen(self):
        """What stands on the terminal now."""
        rows, row = [""], 0
        for piece in re.findall(r"\x1b\[(?:\d+)?[AJ]|\r|\n|[^\x1b\r\n]+", self.seen):
            if piece == "\n":
                row += 1
                if row == len(rows):
                    rows.append("")
            elif piece == "\x1b[J":
                del rows[row + 1:]
                rows[row] = ""
            elif piece.startswith("\x1b["):
                row -= int(piece[2:-1])
            elif piece != "\r":
                rows[row] += piece
        return rows

    def test_bars_and_what_is_printed(self):
        process = self.begin(80)
        self.read_until(r"(?m)^each, line 2  ─+  0/3$\nshell ×3$")
        self.open_gate("b", "B")
        self.read_until(r"(?m)^each, line 2  ━+─+  1/3  \d+\.\d/s  \d+s left$\nshell ×2$")
        for name in "ac":
            self.open_gate(name, name.upper())
        self.read_until(None)
        self.assertEqual(process.wait(), 0)
        self.assertEqual(self.screen(), ["A+B+C", ""])

    def test_a_narrow_terminal(self):
        process = self.begin(20)
        self.read_until(r"0/3")
        self.assertTrue(all(len(row) < 20 for row in self.screen()), self.screen())
        for name in "abc":
            self.open_gate(name, name.upper())
        self.read_until(None)
        self.assertEqual(process.wait(), 0)

    def test_an_interrupt_leaves_nothing_on_it(self):
        process = self.begin(80)
        self.read_until("shell ×3")
        process.send_signal(2)
        self.read_until(None)
        self.assertEqual((process.wait(), self.screen()), (130, [""]))

    def test_never(self):
        process = self.begin(80, "--progress", "never")
        for name in "abc":
            self.open_gate(name, name.upper())
        self.read_until(None)
        self.assertEqual((process.wait(), self.seen), (0, "A+B+C\r\n"))


if __name__ == "__main__":
    unittest.main()
