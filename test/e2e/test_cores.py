"""Pure stages of streams of large files on several cores: the bytes, errors and line numbers of one."""
import json
import os
import pathlib
import random
import signal
import unittest

from flow_case import FlowCase

MEGABYTE = 1 << 20
# A part is about a megabyte: several rounds of them for four workers.
LARGE = 12 * MEGABYTE

FILTER = '''flow main(log: path, out: path) {
  let word = "ERR"
  read_lines(log)
    >> filter(line => line.contains(word))
    >> map(line => "${line.len()} ${line.upper()}")
    >> write_lines(out)
}
'''
PICK = '''schema Row { id: int; user: str = "nobody"; level: "info" | "error"; took: float? }
schema Picked { id: int; user: str; level: "info" | "error"; took: float? }
flow main(rows: path, out: path, on_bad: "fail" | "skip" = "fail") {
  read_jsonl(rows, schema: Row, on_bad: on_bad)
    >> filter(row => row.id % 3 == 0)
    >> map(row => Picked { id: row.id, user: row.user, level: row.level, took: row.took })
    >> write_jsonl(out)
}
'''
ROWS = '''schema Row { name: str; note: str?; bytes: int }
flow main(rows: path, out: path) {
  read_csv(rows, schema: Row)
    >> filter(row => row.bytes % 2 == 0)
    >> map(row => "${row.name}|${row.note ?? "-"}|${row.bytes}")
    >> write_lines(out)
}
'''


def lines_of(size, line):
    """Lines of about so many bytes together."""
    made, total = [], 0
    while total < size:
        made.append(line(len(made)))
        total += len(made[-1]) + 1
    return made


def log_line(i):
    return f"{i:07} {'ERR' if i % 3 == 0 else 'info'} é {'x' * (i * 7919 % 150)}"


def json_line(i):
    row = {"id": i, "level": "error" if i % 5 else "info", "more": ["x" * (i * 7919 % 90)]}
    if i % 4:
        row["user"] = f"ü\"{i}"
    if i % 2:
        row["took"] = i / 7
    return json.dumps(row)


class CoresCase(FlowCase):
    def left_by(self, program, cores, arguments):
        """How a run on so many cores ended, and the bytes that it wrote."""
        out = self.work / "out"
        out.unlink(missing_ok=True)
        done = self.run_flow(program, *arguments, env={"PFLOW_CORES": str(cores)})
        written = out.read_bytes() if out.exists() else None
        return (done.returncode, done.stdout, done.stderr), written

    def assert_alike(self, source, data, *arguments, name="flow"):
        """One core and several leave the same; how the run ended."""
        (self.work / "in").write_bytes(data)
        program = self.compile(source, name)
        one, written = self.left_by(program, 1, ["in", *arguments])
        for cores in (2, 4):
            end, bytes_of_several = self.left_by(program, cores, ["in", *arguments])
            self.assertEqual(end, one)
            self.assertTrue(bytes_of_several == written, f"other bytes on {cores} cores")
        return one

    def assert_same(self, source, data, *arguments):
        end = self.assert_alike(source, data, *arguments)
        self.assertEqual(end[0], 0, end[2])
        self.assertNotEqual((self.work / "out").stat().st_size, 0)


class Lines(CoresCase):
    def test_ends_of_lines(self):
        lines = lines_of(LARGE, log_line)
        for text in ("\n".join(lines), "\r\n".join(lines) + "\r\n", "\ufeff" + "\n\n".join(lines) + "\n"):
            self.assert_same(FILTER, text.encode(), "out")

    def test_lines_longer_than_parts(self):
        chooser = random.Random(1)
        lines = lines_of(LARGE, lambda i: f"ERR {i} " + "y" * chooser.choice([10, 1000, 700_000, 1_500_000]))
        self.assert_same(FILTER, "\n".join(lines).encode(), "out")

    def test_one_line(self):
        self.assert_same(FILTER, b"ERR" + b"z" * LARGE, "out")

    def test_what_is_longer_than_what_it_is_made_of(self):
        source = FILTER.replace("${line.upper()}", "${line.repeat_text(40)}")
        self.assert_same(source, "\n".join(lines_of(LARGE, log_line)).encode(), "out")

    def test_no_text_in_the_middle(self):
        lines = [line.encode() for line in lines_of(LARGE, log_line)]
        lines[len(lines) // 2] = b"ERR \xff"
        end = self.assert_alike(FILTER, b"\n".join(lines), "out")
        self.assertEqual(end[0], 1)
        self.assertIn("is not UTF-8: byte 0xff at offset", end[2])

    def test_a_line_that_fails(self):
        source = '''flow main(log: path, out: path) {
  read_lines(log) >> map(line => if line.ends_with("!") { fail("no: ${line}") } else { line.upper() })
    >> write_lines(out) as writing
  writing - "error" >> print("caught ${error.message} of ${error.kind}")
}
'''
        lines = lines_of(LARGE, log_line)
        lines[len(lines) * 3 // 4] = "wrong!"
        end = self.assert_alike(source, "\n".join(lines).encode(), "out")
        self.assertEqual(end, (0, "caught no: wrong! of user\n", ""))

    def test_items_that_leave_before_the_failure(self):
        source = '''flow main(log: path) {
  read_lines(log) >> map(line => line.len() + 100 / (line.len() - 3)) >> map(n => "${n}")
}
'''
        lines = lines_of(LARGE, log_line)
        lines[len(lines) // 2] = "abc"
        end = self.assert_alike(source, "\n".join(lines).encode())
        self.assertEqual(end[0], 1)
        self.assertEqual(end[1].count("\n"), len(lines) // 2)
        self.assertIn("division by zero", end[2])

    def test_take_and_what_is_kept(self):
        source = '''flow main(log: path, count: int, out: path) {
  read_lines(log) >> map(line => line.upper()) >> take(count) >> collect() -> kept
  kept >> map(line => line.slice(0, 9)) >> write_lines(out)
}
'''
        data = "\n".join(lines_of(LARGE, log_line)).encode()
        for count in (0, 10, 30_000, 10_000_000):
            self.assert_alike(source, data, str(count), "out")

    def test_two_streams_at_once(self):
        source = '''flow main(log: path, out: path) {
  par {
    read_lines(log) >> map(line => line.upper()) >> write_lines(out)
    read_lines(log) >> map(line => line.lower()) >> write_lines("${out}.2")
  }
}
'''
        self.assert_same(source, "\n".join(lines_of(LARGE, log_line)).encode(), "out")


class JsonLines(CoresCase):
    def test_rows(self):
        self.assert_same(PICK, "\n".join(lines_of(LARGE, json_line)).encode(), "out")

    def test_blank_lines(self):
        self.assert_same(PICK, "\n \r\n\n".join(lines_of(LARGE, json_line)).encode(), "out")

    def test_bad_lines(self):
        for share in (100_000, 50):
            lines = lines_of(LARGE, lambda i: json_line(i) if i % share != 70 % share else '{"id": ]')
            data = "\n".join(lines).encode()
            end = self.assert_alike(PICK, data, "out")
            self.assertEqual(end[0], 1)
            self.assertIn("`in`, line 71, column 8: no JSON" if share > 50 else "`in`, line 21", end[2])
            end = self.assert_alike(PICK, data, "out", "--on-bad", "skip")
            self.assertEqual(end[0], 0)
            self.assertIn(f"skipped {sum(line.endswith(']') for line in lines)} of {len(lines)} items", end[2])

    def test_items_with_lists(self):
        source = PICK.replace("took: float? }", "more: [str] }").replace(
            "took: row.took", "more: row.more")
        self.assert_same(source, "\n".join(lines_of(LARGE, json_line)).encode(), "out")


class Csv(CoresCase):
    def rows(self, note, size=LARGE):
        lines = lines_of(size, lambda i: f"name {i},{note(i)},{i}")
        return "\n".join(["name,note,bytes", *lines]).encode()

    def test_rows(self):
        self.assert_same(ROWS, self.rows(lambda i: "" if i % 3 else "é" * (i % 50)), "out")

    def test_line_ends_in_quotes(self):
        """Where parts begin is in quotes now and then, or always."""
        for every in (40, 1):
            self.assert_same(ROWS, self.rows(
                lambda i: '"a ""b""\nwrong,1,2\n' + "c\n" * 60 + '"' if i % every == 0 else "x"), "out")

    def test_a_field_longer_than_parts(self):
        self.assert_same(ROWS, self.rows(
            lambda i: '"' + "x,y,2\n" * 300_000 + '"' if i % 9 == 4 else "x"), "out")

    def test_a_wrong_row(self):
        data = self.rows(lambda i: "a" if i != 300_000 else "a,b")
        end = self.assert_alike(ROWS, data, "out")
        self.assertEqual(end[0], 1)
        self.assertIn("`in`, line 300002: expected 3 fields, found 4", end[2])

    def test_rows_without_names(self):
        source = '''flow main(rows: path, out: path) {
  read_csv(rows, schema: [str], header: false) >> map(row => row[1]) >> write_lines(out)
}
'''
        data = self.rows(lambda i: f"note {i}")
        self.assert_same(source, data, "out")
        self.assertEqual(self.assert_alike(source, data + b"\nonly one\n", "out")[0], 1)


class Folds(CoresCase):
    SUMS = '''schema Row { name: str; note: str?; bytes: float }
flow main(rows: path) {
  let none_yet: map<float> = {}
  read_csv(rows, schema: Row)
    >> fold(none_yet, (sums, row) => sums.insert(row.name, (sums.get(row.name) ?? 0.0) + row.bytes)) -> all
  read_csv(rows, schema: Row) >> filter(row => row.note != none) >> sum_by(row => row.name, row => row.bytes) -> some
  read_csv(rows, schema: Row) >> map(row => row.name) >> collect() -> names
  print("${all} ${some} ${names.len()}")
}
'''

    def test_sums_of_floats_are_added_in_order(self):
        lines = lines_of(LARGE, lambda i: f"key {i % 97},{'n' if i % 3 else ''},{i / 7}")
        end = self.assert_alike(self.SUMS, "\n".join(["name,note,bytes", *lines]).encode())
        self.assertEqual(end[0], 0, end[2])
        self.assertIn(f" {len(lines)}\n", end[1])

    def test_counts_and_words(self):
        source = '''flow main(log: path) {
  read_lines(log) >> filter(line => line.contains("ERR")) >> count() -> errors
  read_lines(log) >> map(line => line.lower()) >> flat_map(line => line.words()) >> count_by(word => word) -> words
  read_lines(log) >> map(line => line.len()) >> top(3, length => length) -> longest
  print("${errors} ${words.len()} ${longest}")
}
'''
        lines = lines_of(LARGE, log_line)
        end = self.assert_alike(source, "\n".join(lines).encode())
        self.assertEqual(end[1].split()[0], str(sum("ERR" in line for line in lines)))

    def test_a_failure_in_the_middle(self):
        source = '''flow main(log: path) {
  read_lines(log) >> map(line => line.slice(0, 7).int()) >> fold(0, (so_far, n) => so_far + n) -> sum
  print(sum)
}
'''
        lines = lines_of(LARGE, log_line)
        end = self.assert_alike(source, "\n".join(lines).encode())
        self.assertEqual(end[:2], (0, f"{sum(range(len(lines)))}\n"))
        lines[len(lines) // 2] = "seven"
        end = self.assert_alike(source, "\n".join(lines).encode())
        self.assertEqual(end[:2], (1, ""))
        self.assertIn("`seven`", end[2])


class Workers(CoresCase):
    SOURCE = 'flow main(log: path, out: path) {\n' \
             '  read_lines(log) >> map(line => line.upper()) >> write_lines(out)\n}\n'

    def setUp(self):
        super().setUp()
        self.data = "\n".join(lines_of(LARGE, log_line)).encode()
        (self.work / "in").write_bytes(self.data)

    @staticmethod
    def children(process):
        task = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        return [int(child) for child in task.read_text().split()]

    def stuck(self, cores):
        """A flow of whose output nobody reads more than the first megabyte, and that megabyte."""
        program = self.compile(self.SOURCE)
        process = self.start(program, "in", "/dev/stdout", env={"PFLOW_CORES": str(cores)})
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        begin = process.stdout.read(MEGABYTE)
        self.assertEqual(begin, self.data.decode().upper()[:MEGABYTE])
        return process

    def test_as_many_as_cores(self):
        process = self.stuck(3)
        self.wait_until(lambda: len(self.children(process)) == 3, "three workers")

    def assert_gone(self, workers):
        def are_gone():
            return not any(pathlib.Path(f"/proc/{worker}/exe").exists() for worker in workers)
        self.wait_until(are_gone, "the end of the workers")

    def test_they_go_with_the_process(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            process = self.stuck(3)
            self.wait_until(lambda: len(self.children(process)) == 3, "three workers")
            workers = self.children(process)
            process.send_signal(number)
            self.assertEqual(process.wait(), -number if number == signal.SIGKILL else 128 + number)
            self.assert_gone(workers)

    def test_without_them(self):
        """What workers that have died do not hand over, the process does."""
        process = self.stuck(3)
        self.wait_until(lambda: len(self.children(process)) == 3, "three workers")
        for worker in self.children(process):
            os.kill(worker, signal.SIGKILL)
        self.assertEqual(self.communicate(process).stdout,
                         self.data.decode().upper()[MEGABYTE:] + "\n")
        self.assertEqual(process.returncode, 0)

    def test_none_on_one_core(self):
        process = self.stuck(1)
        self.assertEqual(self.children(process), [])

    def test_none_for_little(self):
        (self.work / "in").write_bytes(self.data[:3 * MEGABYTE])
        process = self.stuck(3)
        self.assertEqual(self.children(process), [])

    def test_output_that_cannot_be_written(self):
        end = self.assert_alike(self.SOURCE, self.data, "/dev/full")
        self.assertEqual(end[0], 1)
        self.assertIn("cannot write `/dev/full`", end[2])

    def test_a_setting_that_is_no_number(self):
        program = self.compile(self.SOURCE)
        done = self.run_flow(program, "in", "out", env={"PFLOW_CORES": "all"})
        self.assert_failed(done, "PF0902", "`PFLOW_CORES` is `all`; expected a number from 1", exit_code=2)


if __name__ == "__main__":
    unittest.main()
