"""ask: answers from pipes, files and a terminal; what a signal leaves."""
import os
import pty
import signal
import subprocess
import unittest

from flow_case import FlowCase

TWO = """flow main() {
  ask("First?") -> first
  ask("Second?") -> second
  print("${first ?? "-"} ${second ?? "-"}")
}
"""


class Asking(FlowCase):
    def test_pipe(self):
        done = self.run_flow(self.compile(TWO), stdin="one\ntwo\nthree\n")
        self.assert_done(done, "one two\n")
        self.assertEqual(done.stderr, "First? Second? ")

    def test_answers_that_come_late(self):
        process = self.start(self.compile(TWO), stdin=-1)
        self.assertEqual(process.stderr.read(len("First? ")), "First? ")
        process.stdin.write("on")
        process.stdin.flush()
        process.stdin.write("e\n")
        process.stdin.flush()
        self.assertEqual(process.stderr.read(len("Second? ")), "Second? ")
        process.stdin.close()
        self.assertEqual(process.stdout.read(), "one -\n")
        self.assertEqual(process.wait(), 0)
        process.stdout.close()
        process.stderr.close()

    def test_file(self):
        (self.work / "in").write_text("one\r\ntwo")
        with open(self.work / "in", encoding="utf-8") as file:
            done = self.communicate(self.start(self.compile(TWO), stdin=file))
        self.assert_done(done, "one two\n")

    def test_terminal(self):
        program = self.compile(TWO)
        ours, theirs = pty.openpty()
        try:
            process = self.start(program, stdin=theirs)
            os.write(ours, b"one\ntwo\n")
            self.assert_done(self.communicate(process), "one two\n")
            # Who started us finds the terminal as it was: reading it waits.
            self.assertTrue(os.get_blocking(theirs))
        finally:
            os.close(ours)
            os.close(theirs)

    def test_answer_that_is_no_text(self):
        (self.work / "in").write_bytes(b"caf\xe9\n")
        with open(self.work / "in", "rb") as file:
            done = self.communicate(self.start(self.compile(TWO), stdin=file))
        self.assert_failed(done, "PF0912", "the answer is not UTF-8: byte 0xe9 at offset 3")

    def test_nobody_answers(self):
        """The same from whatever has nothing."""
        program = self.compile("""flow main() {
  ask("First?") -> first
  ask("Second?", default: "yes") -> second
  ask("Third?") -> third
  print("${first ?? "-"} ${second ?? "-"} ${third ?? "-"}")
}
""")
        (self.work / "empty").touch()
        with open(self.work / "empty", encoding="utf-8") as empty:
            for stdin in (subprocess.DEVNULL, empty):
                done = self.communicate(self.start(program, stdin=stdin))
                self.assert_done(done, "- yes -\n")
        self.assert_done(self.run_flow(program, stdin=""), "- yes -\n")
        closed = subprocess.run(
            ["sh", "-c", 'exec "$0" <&-', program],
            cwd=self.work, env=self.env, capture_output=True, text=True,
        )
        self.assert_done(closed, "- yes -\n")

    def test_a_line_that_is_no_text_is_one_answer(self):
        (self.work / "in").write_bytes(b"caf\xe9\ntwo\n")
        source = """flow main() {
  ask("First?") with (fallback: none) -> first
  ask("Second?") -> second
  print("${first ?? "-"} ${second ?? "-"}")
}
"""
        with open(self.work / "in", "rb") as file:
            done = self.communicate(self.start(self.compile(source), stdin=file))
        self.assert_done(done, "- two\n")

    def test_signal_while_waiting(self):
        process = self.start(self.compile(TWO), stdin=-1)
        self.assertEqual(process.stderr.read(len("First? ")), "First? ")
        done = self.interrupt(process, signal.SIGINT)
        self.assertEqual(done.returncode, 130, done.stderr)

    def test_others_go_on_meanwhile(self):
        source = """flow main() {
  par {
    ask("Who?") -> name
    { write_file("meanwhile", "x") }
  }
  print(name ?? "-")
}
"""
        process = self.start(self.compile(source), stdin=-1)
        self.wait_until((self.work / "meanwhile").exists, "the other branch")
        process.stdin.write("al\n")
        process.stdin.close()
        self.assertEqual(process.stdout.read(), "al\n")
        self.assertEqual(process.wait(), 0)
        process.stdout.close()
        process.stderr.close()


if __name__ == "__main__":
    unittest.main()
