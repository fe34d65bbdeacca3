"""A disk that is full: a small tmpfs, where we may mount one."""
import os
import subprocess
import unittest

from flow_case import FlowCase

WRITE = 'flow main(from: path, to: path) { read_file(from) >> write_file(to) }\n'
APPEND = 'flow main(from: path, to: path) { read_file(from) >> write_file(to, append: true) }\n'


class FullDisk(FlowCase):
    def setUp(self):
        super().setUp()
        if os.geteuid() != 0:
            self.skipTest("only root may mount a file system")
        self.disk = self.work / "disk"
        self.disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k,nr_inodes=16", "tmpfs", str(self.disk)]
        mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("no file system can be mounted here: " + mounted.stderr.strip())
        self.addCleanup(subprocess.run, ["umount", str(self.disk)], check=True)
        (self.work / "big").write_text("x" * 100_000)
        (self.work / "small").write_text("small\n")

    def assert_disk_full(self, done, path):
        self.assert_failed(done, "PF0904", f"cannot write `{path}`: the disk is full")

    def test_nothing_is_left(self):
        self.assert_disk_full(self.run_flow(self.compile(WRITE), "big", "disk/out"), "disk/out")
        self.assert_left(folder=self.disk)

    def test_old_file_stays(self):
        (self.disk / "out").write_text("old")
        self.assert_disk_full(self.run_flow(self.compile(WRITE), "big", "disk/out"), "disk/out")
        self.assertEqual((self.disk / "out").read_text(), "old")
        self.assert_left("out", folder=self.disk)

    def test_made_folders_go_again(self):
        done = self.run_flow(self.compile(WRITE), "big", "disk/a/b/out")
        self.assert_disk_full(done, "disk/a/b/out")
        self.assert_left(folder=self.disk)

    def test_append_is_taken_back(self):
        append = self.compile(APPEND)
        self.assert_done(self.run_flow(append, "small", "disk/log"))
        self.assert_disk_full(self.run_flow(append, "big", "disk/log"), "disk/log")
        self.assertEqual((self.disk / "log").read_text(), "small\n")

    def test_append_to_a_new_file_is_taken_back(self):
        self.assert_disk_full(self.run_flow(self.compile(APPEND), "big", "disk/log"), "disk/log")
        self.assert_left(folder=self.disk)

    def test_lines_that_do_not_all_fit(self):
        flow = self.compile('flow main(from: path, to: path, append: bool = false) {\n'
                            '  read_lines(from) >> write_lines(to, append: append)\n}\n')
        (self.work / "lines").write_text("a line of a log\n" * 50_000)
        (self.disk / "old").write_text("old\n")
        for name in ("old", "new", "made/new"):
            for how in ("--append", "--no-append"):
                done = self.run_flow(flow, "lines", f"disk/{name}", how)
                self.assert_disk_full(done, f"disk/{name}")
                self.assert_left("old", folder=self.disk)
                self.assertEqual((self.disk / "old").read_text(), "old\n")

    def test_read_only_disk(self):
        subprocess.run(["mount", "-o", "remount,ro", str(self.disk)], check=True)
        done = self.run_flow(self.compile(WRITE), "small", "disk/out")
        self.assert_failed(done, "PF0904", "cannot write `disk/out`: the file system is read-only")


if __name__ == "__main__":
    unittest.main()
