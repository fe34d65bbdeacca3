"""`pflowc watch`: a round at each save, however an editor saves."""
import os
import signal
import subprocess

from flow_case import PATIENCE, PFLOWC, FlowCase

GOOD = 'import "b.pf"\ntest "one" { assert word() == "one" }\n'
WORD = 'node word() -> str = "one"\n'


class Watch(FlowCase):
    def setUp(self):
        super().setUp()
        self.said = self.folder / "said"
        self.write("a.pf", GOOD)
        self.write("b.pf", WORD)

    def write(self, name, text):
        (self.work / name).write_text(text, encoding="utf-8")

    def replace(self, name, text):
        """As editors do: a new file is renamed to the place of the old one."""
        self.write(name + "~", text)
        os.replace(self.work / (name + "~"), self.work / name)

    def watch(self, *arguments):
        with self.said.open("wb") as said:
            process = subprocess.Popen([PFLOWC, "watch", *arguments], cwd=self.work, env=self.env,
                                       stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        self.addCleanup(lambda: process.poll() is None and (process.kill(), process.wait()))
        return process

    def await_line(self, text, after=0):
        """Waits for a line that ends so beyond so many bytes; how many there are then."""
        def there():
            return any(line.endswith(text) for line in self.said.read_text()[after:].splitlines())
        self.wait_until(there, f"`{text}`; there is {self.said.read_text()[after:]}")
        return len(self.said.read_text())

    def test_each_save_is_a_round(self):
        process = self.watch("a.pf")
        seen = self.await_line("a.pf: 1 passed, 0 failed")
        self.write("a.pf", GOOD.replace('== "one"', '== "two"'))
        seen = self.await_line("a.pf: 0 passed, 1 failed", seen)
        self.assertIn("---- a.pf: one", self.said.read_text())
        self.replace("a.pf", GOOD)
        seen = self.await_line("a.pf: 1 passed, 0 failed", seen)
        self.write("a.pf", "print(x)\n")
        seen = self.await_line("a.pf: errors", seen)
        self.assertIn("error[PF0201]: unknown name `x`", self.said.read_text())
        self.replace("a.pf", "print(1)\n")
        self.await_line("a.pf: no errors, no tests", seen)
        self.end(process)

    def test_imports_are_watched(self):
        process = self.watch("a.pf")
        seen = self.await_line("a.pf: 1 passed, 0 failed")
        self.replace("b.pf", WORD.replace("one", "two"))
        seen = self.await_line("a.pf: 0 passed, 1 failed", seen)
        (self.work / "b.pf").unlink()
        seen = self.await_line("a.pf: errors", seen)
        self.write("b.pf", WORD)
        self.await_line("a.pf: 1 passed, 0 failed", seen)
        self.end(process)

    def test_a_file_behind_a_link(self):
        (self.work / "real").mkdir()
        os.replace(self.work / "b.pf", self.work / "real" / "c.pf")
        (self.work / "b.pf").symlink_to("real/c.pf")
        process = self.watch("a.pf")
        seen = self.await_line("a.pf: 1 passed, 0 failed")
        self.replace("real/c.pf", WORD.replace("one", "two"))
        self.await_line("a.pf: 0 passed, 1 failed", seen)
        self.end(process)

    def test_a_folder_that_goes_and_comes_back(self):
        self.write("a.pf", GOOD.replace("b.pf", "in/b.pf"))
        (self.work / "in").mkdir()
        self.write("in/b.pf", WORD)
        process = self.watch("a.pf")
        seen = self.await_line("a.pf: 1 passed, 0 failed")
        os.replace(self.work / "in", self.work / "out")
        seen = self.await_line("a.pf: errors", seen)
        os.replace(self.work / "out", self.work / "in")
        self.await_line("a.pf: 1 passed, 0 failed", seen)
        self.end(process)

    def test_another_file_is_no_round(self):
        process = self.watch("a.pf")
        seen = self.await_line("a.pf: 1 passed, 0 failed")
        self.write("other.pf", "nothing")
        self.replace("a.pf", "print(1)\n")
        self.await_line("a.pf: no errors, no tests", seen)
        self.assertEqual(len(self.said.read_text().splitlines()), 2, self.said.read_text())
        self.end(process)

    def test_what_cannot_be_watched(self):
        for name in ("-", "."):
            done = self.run_flow(PFLOWC, "watch", name)
            self.assert_failed(done, "PF0717", "`pflowc watch` takes a file", exit_code=2)
        self.assert_failed(self.run_flow(PFLOWC, "watch", "c.pf"), "PF0704", "`c.pf` is neither", exit_code=2)

    def end(self, process):
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=PATIENCE), 130)

    def test_a_signal_ends_it_in_a_round_and_leaves_nothing(self):
        scratch = self.folder / "tmp"
        scratch.mkdir()
        self.env["TMPDIR"] = str(scratch)
        self.write("a.pf", 'test "t" {\n  shell("touch started; exec sleep 1000")\n}\n')
        for command, number in (("watch", signal.SIGINT), ("test", signal.SIGTERM)):
            with self.said.open("wb") as said:
                process = subprocess.Popen([PFLOWC, command, "a.pf"], cwd=self.work, env=self.env,
                                           stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            self.wait_until((self.work / "started").exists, "the test to run")
            process.send_signal(number)
            self.assertEqual(process.wait(timeout=PATIENCE), 128 + number)
            self.assert_left(folder=scratch)
            (self.work / "started").unlink()
