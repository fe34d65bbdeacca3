"""Signals and readers that go away: exit codes, nothing half done."""
import os
import shutil
import signal
import subprocess
import unittest

from flow_case import FlowCase

# Waits in a child that says so by a file, so that the signal finds the flow waiting.
WAIT = """flow main() {
  write_file("before", "x")
  shell("touch started; exec sleep 1000")
  write_file("after", "x")
}
"""
# A node's call in each visit: a loop of arithmetic alone would be computed at once.
LOOP = """flow main() {
  write_file("started", "x")
  upper("again") -> word
  choose(if word == "STOP" { "stop" } else { "again" }) with (max: 1000000000000) as gate
  gate - "again" >> { word = word.lower().upper() } >> gate
  gate - "stop" >> end
}
"""


class Waiting(FlowCase):
    def start_waiting(self):
        process = self.start(self.compile(WAIT))
        self.wait_until((self.work / "started").exists, "the flow to wait")
        return process

    def test_interrupt(self):
        done = self.interrupt(self.start_waiting(), signal.SIGINT)
        self.assertEqual(done.returncode, 130, done.stderr)
        self.assert_left("before", "started")

    def test_termination(self):
        done = self.interrupt(self.start_waiting(), signal.SIGTERM)
        self.assertEqual(done.returncode, 143, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assert_left("before", "started")


# Sends the signal where a write is about to become durable.
RAISE_IN_FSYNC = """#include <signal.h>
#include <unistd.h>
int fsync(int fd) { (void)fd; raise(SIGTERM); pause(); return 0; }
"""


class Writing(FlowCase):
    def test_half_written_file_is_removed(self):
        compiler = shutil.which("clang-19") or shutil.which("cc")
        if compiler is None:
            self.skipTest("no C compiler to make the moment of the signal")
        library = self.folder / "raise.so"
        (self.folder / "raise.c").write_text(RAISE_IN_FSYNC)
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-o", library, self.folder / "raise.c"], check=True
        )
        (self.work / "out").write_text("old")
        program = self.compile('write_file("out", "new")\n')
        done = self.run_flow(program, env={"LD_PRELOAD": str(library)})
        self.assertEqual(done.returncode, 143, done.stderr)
        self.assertEqual((self.work / "out").read_text(), "old")
        self.assert_left("out")


class Running(FlowCase):
    def test_interrupt_of_a_loop(self):
        process = self.start(self.compile(LOOP))
        self.wait_until((self.work / "started").exists, "the loop to run")
        done = self.interrupt(process, signal.SIGINT)
        self.assertEqual(done.returncode, 130, done.stderr)
        self.assert_left("started")

    def test_reader_went_away(self):
        program = self.compile('repeat_text("line\\n", 200000) >> print()\n')
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "w") as output:
            process = self.start_into(program, output)
            self.assertEqual(process.wait(), 141)
            self.assertEqual(process.stderr.read(), "")
            process.stderr.close()

    def start_into(self, program, output):
        return subprocess.Popen(
            [program],
            cwd=self.work,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
        )


if __name__ == "__main__":
    unittest.main()
