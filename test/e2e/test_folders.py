"""Folders and whole files: patterns, copies, moves, temporary folders, and what stays
after an error or a signal."""
import os
import signal
import subprocess
import unittest

from flow_case import FlowCase
from test_files import as_nobody

COPY = 'flow main(from: path, to: path) { copy_file(from, to) }\n'
MOVE = 'flow main(from: path, to: path) { move_file(from, to, overwrite: true) }\n'
GLOB = 'flow main(pattern: str) { glob(pattern) }\n'
# Waits in a child, so that the signal finds the flow waiting.
KEEP = """flow main() {
  temp_dir() -> folder
  make_dir("${folder}/deep")
  write_file("${folder}/deep/file", "x")
  write_file("where", folder)
  END
}
"""


class Reading(FlowCase):
    def test_many_files(self):
        names = [f"{i % 7}/{i:04}.txt" for i in range(1000)]
        for name in names:
            path = self.work / name
            path.parent.mkdir(exist_ok=True)
            path.touch()
        source = 'flow main() { glob("**/*.txt") -> found; print([str(found.len())] + found.take(1)) }\n'
        done = self.flow(source)
        self.assert_done(done, '["1000","0/0000.txt"]\n')

    def test_folder_that_may_not_be_read(self):
        (self.work / "open").mkdir()
        (self.work / "closed").mkdir(mode=0o311)
        done = self.run_flow(self.compile(GLOB), "**/*", **as_nobody(self))
        self.assert_failed(done, "PF0904", "cannot read the folder `closed/`: permission denied")
        self.assertIn("--> flow.pf:1:27", done.stderr)

    def test_name_that_is_no_text(self):
        with open(os.fsencode(self.work) + b"/caf\xe9", "wb"):
            pass
        done = self.run_flow(self.compile(GLOB), "*")
        self.assert_failed(done, "PF0904", "the name of the file `caf\\xe9` is not UTF-8")
        self.assert_done(self.run_flow(self.compile(GLOB), "*.txt"), "[]\n")


class Changing(FlowCase):
    def test_copy_that_would_replace(self):
        (self.work / "a").write_text("new")
        (self.work / "b").write_text("old")
        done = self.run_flow(self.compile(COPY), "a", "b")
        self.assert_failed(done, "PF0904", "cannot copy `a` to `b`: there is a file")
        self.assertIn("`overwrite: true` replaces it", done.stderr)
        self.assertEqual((self.work / "b").read_text(), "old")

    def test_copy_into_a_closed_folder(self):
        (self.work / "a").write_text("x")
        (self.work / "closed").mkdir(mode=0o555)
        done = self.run_flow(self.compile(COPY), "a", "closed/b", **as_nobody(self))
        self.assert_failed(done, "PF0904", "cannot copy `a` to `closed/b`: permission denied")
        self.assert_left(folder=self.work / "closed")

    def test_move_to_another_disk(self):
        disk = self.mount()
        (self.work / "a").write_text("x" * 10_000)
        self.assert_done(self.run_flow(self.compile(MOVE), "a", "disk/b"))
        self.assertEqual((disk / "b").read_text(), "x" * 10_000)
        self.assert_left("disk")

    def test_move_to_a_full_disk(self):
        disk = self.mount()
        (self.work / "a").write_text("x" * 100_000)
        done = self.run_flow(self.compile(MOVE), "a", "disk/sub/b")
        self.assert_failed(done, "PF0904", "cannot move `a` to `disk/sub/b`: the disk is full")
        self.assert_left(folder=disk)
        self.assert_left("a", "disk")

    def mount(self):
        disk = self.work / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
            self.skipTest("no file system can be mounted here")
        self.addCleanup(subprocess.run, ["umount", str(disk)], check=True)
        return disk

    def test_folder_that_vanishes_between_writes(self):
        source = """flow main() {
  range(1000) >> each n with (on_error: stop) {
    write_file("out/${n}", "whole")
    if n == 500 { shell("rm -r out && touch out") }
  }
}
"""
        done = self.flow(source)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("a part of the path is not a folder", done.stderr)
        self.assertIn("501", done.stderr)
        self.assert_left("out")


class TemporaryFolders(FlowCase):
    def setUp(self):
        super().setUp()
        self.temporary = self.folder / "temporary"
        self.temporary.mkdir()
        self.env["TMPDIR"] = str(self.temporary)

    def assert_gone(self):
        self.assertTrue((self.work / "where").read_text().startswith(str(self.temporary)))
        self.assert_left(folder=self.temporary)

    def test_end(self):
        self.assert_done(self.flow(KEEP.replace("END", 'print("done")')), "done\n")
        self.assert_gone()

    def test_failure(self):
        done = self.flow(KEEP.replace("END", 'fail("no")'))
        self.assertEqual(done.returncode, 1)
        self.assert_gone()

    def test_signals(self):
        waiting = 'shell("touch started; exec sleep 1000")'
        program = self.compile(KEEP.replace("END", waiting))
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.start(program)
            self.wait_until((self.work / "started").exists, "the flow to wait")
            self.assertEqual(self.interrupt(process, number).returncode, 128 + number)
            self.assert_gone()
            (self.work / "started").unlink()

    def test_signal_in_a_flow_that_never_waits(self):
        source = """flow main() {
  temp_dir() -> folder
  make_dir("${folder}/deep/er")
  write_file("where", folder)
  upper("again") -> word
  choose(if word == "STOP" { "stop" } else { "again" }) with (max: 1000000000000) as gate
  gate - "again" >> { word = word.lower().upper() } >> gate
  gate - "stop" >> end
}
"""
        process = self.start(self.compile(source))
        self.wait_until((self.work / "where").exists, "the loop to run")
        self.assertEqual(self.interrupt(process, signal.SIGTERM).returncode, 143)
        self.assert_gone()


if __name__ == "__main__":
    unittest.main()
