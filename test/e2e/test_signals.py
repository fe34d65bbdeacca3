"""Signals and readers that go away: exit codes, nothing half done."""
import os
import resource
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


# A half-written file, a temporary folder and a command, until a signal comes.
WORK = """flow main(marker: str) {
  temp_dir() -> d
  par {
    shell("echo >started; exec sleep ${marker}") -> a
    read_lines("in.txt") >> each l { sleep(5ms)
      l } >> write_lines("out.txt")
  }
}
"""


class Leftovers(FlowCase):
    """However a flow ends, it leaves no half file, no folder and no command."""

    def start_work(self, **options):
        (self.work / "in.txt").write_text("line\n" * 100_000)
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir(exist_ok=True)
        self.marker = f"97{id(self) % 1_000_000_007}"
        process = self.start(
            self.compile(WORK), self.marker, env={"TMPDIR": str(self.temporary)}, **options
        )
        self.wait_until((self.work / "started").exists, "the command to run")
        self.wait_until(lambda: len(list(self.work.iterdir())) == 3, "the file to be begun")
        return process

    def assert_nothing_left(self):
        self.assert_left("in.txt", "started")
        self.assert_left(folder=self.temporary)
        commands = self.processes(self.marker)
        self.assertEqual(commands, [])

    def test_asked_to_end(self):
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
            process = self.start_work()
            done = self.interrupt(process, number)
            self.assertEqual(done.returncode, 128 + number, done.stderr)
            self.assert_nothing_left()
            (self.work / "started").unlink()

    def test_asked_twice(self):
        process = self.start_work()
        process.send_signal(signal.SIGHUP)
        self.assertEqual(self.interrupt(process, signal.SIGTERM).returncode & 0x80, 0x80)
        self.assert_nothing_left()

    def test_what_ends_a_process(self):
        numbers = [signal.SIGQUIT, signal.SIGABRT, signal.SIGXCPU, signal.SIGUSR1]
        if not os.environ.get("PFLOW_SANITIZED"):
            numbers += [signal.SIGSEGV, signal.SIGBUS]
        for number in numbers:
            done = self.interrupt(self.start_work(preexec_fn=no_core), number)
            self.assertEqual(done.returncode, -number, done.stderr)
            self.assert_nothing_left()
            (self.work / "started").unlink()

    def test_what_the_parent_ignores(self):
        def ignore():
            for number in (signal.SIGHUP, signal.SIGINT, signal.SIGUSR1):
                signal.signal(number, signal.SIG_IGN)

        process = self.start_work(preexec_fn=ignore)
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGUSR1):
            process.send_signal(number)
        done = self.interrupt(process, signal.SIGTERM)
        self.assertEqual(done.returncode, 143, done.stderr)
        self.assert_nothing_left()

    def test_what_the_parent_blocks(self):
        def block():
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, signal.SIGALRM})

        program = self.compile('flow main() { shell("echo said") >> print() }')
        self.assert_done(self.run_flow(program, preexec_fn=block), "said\n")

    def test_out_of_memory(self):
        program = self.compile("""flow main(marker: str) {
  temp_dir() -> d
  par {
    shell("echo >started; exec sleep ${marker}") -> a
    grow() -> b
  }
}
flow grow() -> n {
  shell("until [ -e started ]; do sleep 0.01; done")
  let n = range(400000000).map(i => "item ${i}").len()
}
""")
        if os.environ.get("PFLOW_SANITIZED"):
            self.skipTest("its allocator ends the process itself")
        marker = f"97{id(self) % 1_000_000_007}"
        temporary = self.folder / "tmp"
        temporary.mkdir()
        done = self.run_flow(
            program, marker, env={"TMPDIR": str(temporary)},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20)),
        )
        self.assert_failed(done, "PF0916", "out of memory")
        self.assert_left("started")
        self.assert_left(folder=temporary)
        self.assertEqual(self.processes(marker), [])

    def test_file_too_large(self):
        program = self.compile('flow main() { write_file("out", "x".repeat_text(100000)) }')
        done = self.run_flow(
            program,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
        )
        self.assert_failed(done, "PF0904", "cannot write `out`: ")
        self.assert_left()


def no_core():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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
