"""Standard streams that are shared, non-blocking, closed, or begin with a byte order mark."""
import json
import os
import pathlib
import pty
import signal
import subprocess
import termios
import unittest

from flow_case import PFLOWC, FlowCase

LINES = "flow main(in lines: stream<str>) { lines >> each l { sleep(1ms)\n  l } }\n"


class NonBlocking(FlowCase):
    """Another process has set the pipe non-blocking: reads and writes wait all the same."""

    def output(self, source, stream="stdout"):
        """All that comes through a pipe which is full for a while."""
        program = self.compile(source)
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: writer}
        process = subprocess.Popen([program], cwd=self.work, env=self.env, **streams)
        os.close(writer)
        self.wait_until(lambda: self.sleeps(process), "the pipe to be full")
        with os.fdopen(reader, "rb") as pipe:
            seen = pipe.read()
        self.assertEqual(process.wait(), 0)
        return seen

    def test_print(self):
        seen = self.output('flow main() { print("x".repeat_text(3000000)) }')
        self.assertEqual(len(seen), 3_000_001)

    def test_eprint(self):
        seen = self.output('flow main() { eprint("x".repeat_text(3000000)) }', "stderr")
        self.assertEqual(len(seen), 3_000_001)

    def test_results(self):
        seen = self.output("flow main() { range(300000) >> each i { i } }")
        self.assertEqual(json.loads(seen), list(range(300_000)))

    def test_write_lines(self):
        source = 'flow main() { range(300000) >> map(i => "line ${i}") >> write_lines("/dev/stdout") }'
        seen = self.output(source).decode().splitlines()
        self.assertEqual(seen, [f"line {i}" for i in range(300_000)])

    def test_compiler(self):
        (self.folder / "big.pf").write_text(
            "flow main() {\n" + "".join(f'  print("{i}")\n' for i in range(3000)) + "}\n"
        )
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        process = subprocess.Popen([PFLOWC, "--emit-ir", "big.pf"], cwd=self.folder, stdout=writer)
        os.close(writer)
        self.wait_until(lambda: self.sleeps(process), "the pipe to be full")
        with os.fdopen(reader, "rb") as pipe:
            seen = pipe.read()
        self.assertEqual(process.wait(), 0)
        self.assertIn(b'"2999"', seen)

    def input(self, source, *pieces):
        program = self.compile(source)
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        process = self.start(program, stdin=reader)
        os.close(reader)
        for piece in pieces:
            self.wait_until(lambda: self.sleeps(process), "the flow to wait")
            os.write(writer, piece)
        os.close(writer)
        return self.communicate(process)

    @staticmethod
    def sleeps(process):
        stat = pathlib.Path(f"/proc/{process.pid}/stat").read_text()
        return stat.rsplit(")", 1)[1].split()[0] == "S"

    def test_text(self):
        done = self.input("flow main(in text: str) { print(text.trim()) }", b"one\n", b"two\n")
        self.assert_done(done, "one\ntwo\n")

    def test_lines(self):
        source = "flow main(in lines: stream<str>) { lines >> map(l => l.upper()) }"
        self.assert_done(self.input(source, b"one\n", b"two\n"), "ONE\nTWO\n")

    def test_waiting_lines(self):
        self.assert_done(self.input(LINES, b"one\n", b"two\n"), "one\ntwo\n")

    def test_ask(self):
        source = 'flow main() { ask("Who?") -> name\n  print(name ?? "-") }'
        self.assert_done(self.input(source, b"me\n"), "me\n")


class Shared(FlowCase):
    """Who shares the streams finds them as they were."""

    def left(self, source, number):
        """Whether a pipe still makes its readers wait, while a flow waits, and behind its end."""
        program = self.compile(source)
        reader, writer = os.pipe()
        process = self.start(program, stdin=reader)
        os.write(writer, b"one\n")
        self.assertEqual(process.stdout.read(4), "one\n")
        during = os.get_blocking(reader)
        self.interrupt(process, number)
        after = os.get_blocking(reader)
        os.close(reader)
        os.close(writer)
        return during, after

    def test_lines(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            self.assertEqual(self.left(LINES, number), (True, True))

    def test_ask(self):
        source = """flow main() {
  ask("First?") -> first
  print(first ?? "-")
  ask("Second?") -> second
}
"""
        for number in (signal.SIGTERM, signal.SIGKILL):
            self.assertEqual(self.left(source, number), (True, True))

    def test_terminal(self):
        program = self.compile(
            "flow main(in lines: stream<str>) { lines >> each l { sleep(1ms)\n"
            "  l.repeat_text(100000) } }\n"
        )
        ours, theirs = pty.openpty()
        mode = termios.tcgetattr(theirs)
        mode[1] &= ~termios.OPOST
        mode[3] &= ~termios.ECHO
        termios.tcsetattr(theirs, termios.TCSANOW, mode)
        process = subprocess.Popen(
            [program], env=self.env, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL
        )
        os.write(ours, b"x\n")
        seen = b""
        while len(seen) < 100_001:
            seen += os.read(ours, 65536)
        self.assertEqual(seen, b"x" * 100_000 + b"\n")
        os.write(ours, b"\x04")
        self.assertEqual(process.wait(), 0)
        self.assertTrue(os.get_blocking(theirs))
        os.close(ours)
        os.close(theirs)


class Closed(FlowCase):
    """Closed standard descriptors: nothing that is opened takes their numbers."""

    EVERY = ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"]

    def runs(self, program):
        for how in self.EVERY:
            for old in self.work.iterdir():
                old.unlink()
            done = subprocess.run(
                ["sh", "-c", f'exec "$0" {how}', program],
                cwd=self.work, env=self.env, capture_output=True, text=True,
            )
            yield how, done

    def test_files_and_messages(self):
        program = self.compile("""flow main() {
  range(3) >> each i { eprint("NOTE")
    print("LOG")
    "data ${i}" } >> write_lines("out.txt")
}
""")
        for how, done in self.runs(program):
            self.assertEqual(done.returncode, 0, f"{how}: {done.stderr}")
            self.assertEqual((self.work / "out.txt").read_text(), "data 0\ndata 1\ndata 2\n", how)

    def test_commands_and_the_loop(self):
        program = self.compile('flow main() { shell("echo said; cat") >> write_file("out.txt") }')
        for how, done in self.runs(program):
            self.assertEqual(done.returncode, 0, f"{how}: {done.stderr}")
            self.assertEqual((self.work / "out.txt").read_text(), "said", how)

    def test_compiler(self):
        (self.folder / "p.pf").write_text('print("hello")\n')
        for how in self.EVERY:
            done = subprocess.run(
                ["sh", "-c", f'exec "$0" p.pf -o p {how}', PFLOWC],
                cwd=self.folder, capture_output=True, text=True,
            )
            self.assertEqual(done.returncode, 0, f"{how}: {done.stderr}")
            self.assert_done(self.run_flow(self.folder / "p"), "hello\n")


class ByteOrderMark(FlowCase):
    """It is no part of the text, however that comes in; elsewhere it is a character."""

    MARK = b"\xef\xbb\xbf"

    def said(self, source, *arguments, **options):
        done = self.flow(source, *arguments, **options)
        self.assert_done(done)
        return done.stdout

    def setUp(self):
        super().setUp()
        (self.work / "a.txt").write_bytes(self.MARK + b"ab\n\xef\xbb\xbfcd\n")
        (self.work / "a.json").write_bytes(self.MARK + b'{"a":1}\n')

    def test_files(self):
        whole = 'flow main() { read_file("a.txt") >> lines() >> collect() -> all\n  print(to_json(all)) }'
        lines = 'flow main() { read_lines("a.txt") >> collect() -> all\n  print(to_json(all)) }'
        for source in (whole, lines):
            self.assertEqual(json.loads(self.said(source)), ["ab", "\ufeffcd"])
        bytes_ = 'flow main() { read_bytes("a.json") -> data\n  print("${data.len()}") }'
        self.assertEqual(self.said(bytes_), "11\n")

    def test_json(self):
        for source in (
            'flow main() { read_jsonl("a.json") >> collect() -> all\n  print(to_json(all)) }',
            'flow main() { read_file("a.json") >> parse_json() -> v\n  print(to_json([v])) }',
        ):
            self.assertEqual(self.said(source), '[{"a":1}]\n')

    def test_parameters(self):
        source = "flow main(in data: json) { print(to_json(data)) }"
        self.assertEqual(self.said(source, "--data", "@a.json"), '{"a":1}\n')
        self.assertEqual(self.said(source, stdin='\ufeff{"a":1}\n'), '{"a":1}\n')
        number = 'flow main(in n: int) { print("${n + 1}") }'
        self.assertEqual(self.said(number, stdin="\ufeff41\n"), "42\n")
        lines = "flow main(in lines: stream<str>) { lines }"
        self.assertEqual(self.said(lines, stdin="\ufeffab\n\ufeffcd\n"), "ab\n\ufeffcd\n")

    def test_commands_and_answers(self):
        self.assertEqual(self.said('flow main() { shell("cat a.json") >> print() }'), '{"a":1}\n')
        ask = 'flow main() { ask("Who?") -> name\n  print(name ?? "-") }'
        self.assertEqual(self.said(ask, stdin="\ufeffme\n"), "me\n")

    def test_utf_16_is_named(self):
        (self.work / "a.txt").write_bytes("ab\n".encode("utf-16"))
        for source in ('read_file("a.txt") >> print()\n', 'read_lines("a.txt")\n'):
            done = self.flow(source)
            self.assert_failed(done, "PF0904", "`a.txt` is not UTF-8: byte 0xff at offset 0")
            self.assertIn("= help: this begins as UTF-16 does; `iconv", done.stderr)


class NoText(FlowCase):
    """Bytes that are no UTF-8 never become a text, whatever brings them."""

    def test_environment_and_files_of_secrets(self):
        program = self.compile('flow main(token: secret) { shell("printenv T", env: { "T": token }) }')
        (self.work / "key").write_bytes(b"caf\xe9\n")
        for given in ("env:BYTES", "@key"):
            done = self.run_flow(program, "--token", given, env={"BYTES": b"caf\xe9"})
            self.assert_failed(
                done, "PF0901", "`--token` has a value that is not UTF-8: byte 0xe9 at offset 3", 2
            )


if __name__ == "__main__":
    unittest.main()
