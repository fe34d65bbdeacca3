"""read_file and write_file: what they do, what they refuse, what they leave."""
import os
import shutil
import socket
import stat
import subprocess
import unittest

from flow_case import FlowCase

COPY = 'flow main(from: path, to: path) { read_file(from) >> write_file(to) }\n'
READ = 'flow main(from: path) { read_file(from) }\n'
WRITE = 'flow main(to: path, text: str = "new") { write_file(to, text) }\n'
APPEND = 'flow main(to: path, text: str) { write_file(to, text, append: true) }\n'


# Says what is made durable, in order.
SAY_FSYNC = """#include <stdio.h>
#include <sys/stat.h>
int fsync(int fd) {
  struct stat info;
  fstat(fd, &info);
  dprintf(2, S_ISDIR(info.st_mode) ? "folder\\n" : "file\\n");
  return 0;
}
"""


class Reading(FlowCase):
    def test_bare_chain_program(self):
        (self.work / "input.txt").write_text("hello\n")
        done = self.flow('read_file("input.txt") >> upper() >> write_file("out/output.txt")\n')
        self.assert_done(done, "")
        self.assertEqual((self.work / "out" / "output.txt").read_text(), "HELLO\n")

    def test_large_and_empty_files(self):
        copy = self.compile(COPY)
        for content in ("", "a", "zeile\n" * 500_000, "ünï日本😀" * 10_000):
            (self.work / "from").write_text(content, encoding="utf-8")
            self.assert_done(self.run_flow(copy, "from", "to"), "")
            self.assertEqual((self.work / "to").read_text(encoding="utf-8"), content)

    def test_standard_input_by_name(self):
        read = self.compile(READ)
        self.assert_done(self.run_flow(read, "/dev/stdin", stdin="piped\n"), "piped\n")
        (self.work / "from").write_text("redirected\n")
        with open(self.work / "from", encoding="utf-8") as file:
            done = self.communicate(self.start(read, "/dev/stdin", stdin=file))
        self.assert_done(done, "redirected\n")

    def test_standard_input_that_is_a_socket(self):
        read = self.compile(READ)
        ours, theirs = socket.socketpair()
        ours.sendall(b"from a socket\n")
        ours.close()
        with theirs:
            done = self.communicate(self.start(read, "/dev/stdin", stdin=theirs))
        self.assert_done(done, "from a socket\n")

    def test_missing_file(self):
        done = self.flow('read_file("input.txt") >> upper()\n')
        self.assert_failed(done, "PF0904", "cannot read `input.txt`: no such file or folder")
        self.assertIn("--> flow.pf:1:1", done.stderr)
        self.assertIn('1 | read_file("input.txt") >> upper()', done.stderr)

    def test_folder(self):
        done = self.run_flow(self.compile(READ), ".")
        self.assert_failed(done, "PF0904", "`.` is a folder, not a file")

    def test_unreadable_file(self):
        (self.work / "from").write_text("secret")
        (self.work / "from").chmod(0)
        done = self.run_flow(self.compile(READ), "from", **as_nobody(self))
        self.assert_failed(done, "PF0904", "cannot read `from`: permission denied")

    def test_broken_utf8(self):
        (self.work / "from").write_bytes(b"caf\xe9 au lait")
        done = self.run_flow(self.compile(COPY), "from", "to")
        self.assert_failed(done, "PF0904", "`from` is not UTF-8: byte 0xe9 at offset 3")
        self.assert_left("from")

    def test_error_transition(self):
        source = """flow main(from: path) -> text {
  read_file(from) -> text as reading
  reading - "error" >> "none: ${error.kind}" -> text
}
"""
        self.assert_done(self.flow(source, "absent"), "none: io\n")


class Writing(FlowCase):
    def test_parent_folders_and_result(self):
        self.assert_done(self.run_flow(self.compile(WRITE), "a/b/c.txt"), "")
        self.assertEqual((self.work / "a" / "b" / "c.txt").read_text(), "new")
        self.assert_left("c.txt", folder=self.work / "a" / "b")

    def test_is_durable_with_its_name(self):
        compiler = shutil.which("clang-19") or shutil.which("cc")
        if compiler is None:
            self.skipTest("no C compiler to look over the shoulder")
        library = self.folder / "say.so"
        (self.folder / "say.c").write_text(SAY_FSYNC)
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-o", library, self.folder / "say.c"], check=True
        )
        done = self.run_flow(self.compile(WRITE), "to", env={"LD_PRELOAD": str(library)})
        self.assert_done(done, "")
        self.assertEqual(done.stderr, "file\nfolder\n")

    def test_keeps_mode(self):
        (self.work / "to").write_text("old")
        (self.work / "to").chmod(0o604)
        self.assert_done(self.run_flow(self.compile(WRITE), "to"))
        self.assertEqual(stat.S_IMODE((self.work / "to").stat().st_mode), 0o604)

    def test_follows_links(self):
        (self.work / "real").mkdir()
        (self.work / "link").symlink_to("real/target")
        self.assert_done(self.run_flow(self.compile(WRITE), "link"))
        self.assertTrue((self.work / "link").is_symlink())
        self.assertEqual((self.work / "real" / "target").read_text(), "new")

    def test_append(self):
        append = self.compile(APPEND)
        for line in ("one\n", "two\n"):
            self.assert_done(self.run_flow(append, "log", line))
        self.assertEqual((self.work / "log").read_text(), "one\ntwo\n")

    def test_parallel_appends_stay_whole(self):
        append = self.compile(APPEND)
        lines = [str(i) * 2000 + "\n" for i in range(8)]
        running = [self.start(append, "log", line) for line in lines]
        for process in running:
            self.communicate(process)
        self.assertEqual(sorted((self.work / "log").read_text().splitlines(True)), sorted(lines))

    def test_replaces_while_others_read(self):
        """A reader of the old file keeps it whole."""
        (self.work / "to").write_text("old")
        with open(self.work / "to", encoding="utf-8") as reader:
            self.assert_done(self.run_flow(self.compile(WRITE), "to"))
            self.assertEqual(reader.read(), "old")

    def test_folder(self):
        done = self.run_flow(self.compile(WRITE), ".")
        self.assert_failed(done, "PF0904", "cannot write `.`: it is a folder")

    def test_unwritable_folder(self):
        (self.work / "closed").mkdir(mode=0o555)
        done = self.run_flow(self.compile(WRITE), "closed/to", **as_nobody(self))
        self.assert_failed(done, "PF0904", "cannot write `closed/to`: permission denied")
        self.assert_left(folder=self.work / "closed")

    def test_unwritable_file(self):
        (self.work / "to").write_text("old")
        (self.work / "to").chmod(0o444)
        self.work.chmod(0o777)
        done = self.run_flow(self.compile(WRITE), "to", **as_nobody(self))
        self.assert_failed(done, "PF0904", "cannot write `to`: permission denied")
        self.assertEqual((self.work / "to").read_text(), "old")
        self.assert_left("to")

    def test_failed_write_takes_its_folders_back(self):
        name = "a/b/" + "n" * 300
        done = self.run_flow(self.compile(WRITE), name)
        self.assert_failed(done, "PF0904", f"cannot write `{name}`: the name is too long")
        self.assert_left()

    def test_device_that_is_full(self):
        done = self.run_flow(self.compile(WRITE), "/dev/full")
        self.assert_failed(done, "PF0904", "cannot write `/dev/full`: the disk is full")

    def test_standard_output_by_name(self):
        done = self.run_flow(self.compile(WRITE), "/dev/stdout", "--text", "text\n")
        self.assert_done(done, "text\n")


def as_nobody(case):
    """Options to run without the rights of root, for whom no file is closed."""
    if os.geteuid() != 0:
        return {}
    case.folder.chmod(0o755)
    return {"user": 65534, "group": 65534}


if __name__ == "__main__":
    unittest.main()
