"""JSON, CSV, lines and streams: from files and standard input to files and results."""
import json
import os
import resource
import unittest

from flow_case import FlowCase

MEGABYTE = 1 << 20
FILTER = 'flow main(log: path, out: path) {\n' \
         '  read_lines(log) >> filter(l => l.matches("ERROR.*ms")) >> write_lines(out)\n}\n'
PICK = '''schema Row { id: int; user: str = "nobody" }
schema Picked { user: str }
flow main(rows: path, out: path, on_bad: "fail" | "skip" = "fail") {
  read_jsonl(rows, schema: Row, on_bad: on_bad)
    >> filter(row => row.id % 2 == 0)
    >> map(row => Picked { user: row.user })
    >> write_jsonl(out)
}
'''


def little_memory():
    # The shadow of AddressSanitizer alone is larger than any bound.
    if not os.environ.get("PFLOW_SANITIZED"):
        resource.setrlimit(resource.RLIMIT_AS, (64 * MEGABYTE, 64 * MEGABYTE))


class Lines(FlowCase):
    def test_filtered_in_constant_memory(self):
        block = "".join(f"line {i} {'ERROR' if i % 10 == 0 else 'info'} took {i} ms\n"
                        for i in range(10_000))
        (self.work / "log").write_text(block * 300)
        done = self.run_flow(self.compile(FILTER), "log", "out", preexec_fn=little_memory)
        self.assert_done(done, "")
        kept = "".join(line for line in block.splitlines(True) if "ERROR" in line)
        self.assertEqual((self.work / "out").read_text(), kept * 300)

    def test_what_fails_on_the_way_leaves_nothing(self):
        (self.work / "log").write_bytes(b"ERROR 1 ms\n" * 100_000 + b"\xff\n")
        (self.work / "out").write_text("old")
        done = self.run_flow(self.compile(FILTER), "log", "out")
        self.assert_failed(done, "PF0904", "`log` is not UTF-8: byte 0xff at offset 1100000")
        self.assertEqual((self.work / "out").read_text(), "old")
        self.assert_left("log", "out")

    def test_a_list_is_written_too(self):
        self.assert_done(self.flow('flow main() { "a b c".words() >> write_lines("out") }\n'), "")
        self.assertEqual((self.work / "out").read_text(), "a\nb\nc\n")


class JsonLines(FlowCase):
    def test_picked_and_filtered(self):
        rows = [{"x": [i, {"y": "\\\""}], "id": i, "user": f"ü{i}"} for i in range(1000)]
        (self.work / "rows").write_text("\n".join(map(json.dumps, rows)))
        self.assert_done(self.run_flow(self.compile(PICK), "rows", "out"), "")
        written = (self.work / "out").read_text().splitlines()
        self.assertEqual(written, [f'{{"user":"ü{i}"}}' for i in range(0, 1000, 2)])

    def test_bad_lines(self):
        (self.work / "rows").write_text('{"id": 2}\n{"id": "3"}\n{"id": 4\n{"id": 6}\n')
        flow = self.compile(PICK)
        done = self.run_flow(flow, "rows", "out")
        self.assert_failed(done, "PF0911", "`rows`, line 2: $.id: expected int, found str")
        self.assert_left("rows")
        done = self.run_flow(flow, "rows", "out", "--on-bad", "skip")
        self.assert_done(done, "")
        self.assertIn("skipped 2 of 4 items", done.stderr)
        self.assertEqual((self.work / "out").read_text(), '{"user":"nobody"}\n' * 2)


class Csv(FlowCase):
    SUM = '''schema Row { name: str; amount: float; note: str? }
flow main(file: path) -> rows {
  read_csv(file, schema: Row) >> collect() -> rows
  write_csv("copy.csv", rows)
}
'''

    def test_typed_columns_and_back(self):
        (self.work / "in.csv").write_text('note,amount,name\n,1.5,"a ""b"", c"\nx,2,"d\ne"\n')
        done = self.run_flow(self.compile(self.SUM), "in.csv")
        self.assert_done(done, '[{"name":"a \\"b\\", c","amount":1.5,"note":null},'
                               '{"name":"d\\ne","amount":2.0,"note":"x"}]\n')
        self.assertEqual((self.work / "copy.csv").read_text(),
                         'name,amount,note\n"a ""b"", c",1.5,\n"d\ne",2.0,x\n')

    def test_a_row_with_the_wrong_number_of_fields(self):
        (self.work / "in.csv").write_text('name,amount\n"a\nb",1\nc\n')
        done = self.run_flow(self.compile(self.SUM), "in.csv")
        self.assert_failed(done, "PF0910", "`in.csv`, line 4: expected 2 fields, found 1")


class Json(FlowCase):
    def test_shape_errors_have_their_path(self):
        flow = self.compile('schema Item { name: str }\nschema Doc { items: [Item] }\n'
                            'flow main(text: str) -> doc {\n'
                            '  let doc = parse_json(text, schema: Doc)\n}\n')
        self.assert_done(self.run_flow(flow, '{"items":[{"name":"a"}]}'),
                         '{"items":[{"name":"a"}]}\n')
        done = self.run_flow(flow, '{"items":[{"name":"a"},{"name":3}]}')
        self.assert_failed(done, "PF0911", "$.items[1].name: expected str, found int")
        done = self.run_flow(flow, '{"items":\n[}')
        self.assert_failed(done, "PF0910", "no JSON at line 2, column 2: expected a value")

    def test_parameters(self):
        flow = self.compile('schema Point { x: int; y: int = 0 }\n'
                            'flow main(point: Point, sizes: map<int> = {}, data: json = {}) '
                            '-> (point, sizes, data) {}\n')
        (self.work / "data").write_text('[1, "a"]')
        done = self.run_flow(flow, '{"x": 1}', "--sizes", '{"a": 1}', "--data=@data")
        self.assert_done(done, '{"point":{"x":1,"y":0},"sizes":{"a":1},"data":[1,"a"]}\n')
        done = self.run_flow(flow, '{"y": 1}')
        self.assert_failed(done, "PF0901",
                           "`--point` expects JSON for `Point`: $.x: expected int, found nothing",
                           exit_code=2)


class Streams(FlowCase):
    UPPER = 'flow main(in lines: stream<str>) { lines >> map(l => l.upper()) }\n'

    def test_lines_of_standard_input_to_lines_of_output(self):
        flow = self.compile(self.UPPER)
        self.assert_done(self.run_flow(flow, stdin="a\r\nb"), "A\nB\n")
        self.assert_done(self.run_flow(flow, "--lines", "x", "--lines", "y"), "X\nY\n")
        self.assert_done(self.run_flow(flow, "--json", stdin="a\n"), '{"result":["A"]}\n')

    def test_items_are_printed_as_they_arrive(self):
        with self.start(self.compile(self.UPPER), stdin=-1) as running:
            for word in ("one", "two"):
                running.stdin.write(word + "\n")
                running.stdin.flush()
                self.assertEqual(running.stdout.readline(), word.upper() + "\n")
            running.stdin.close()
            self.assertEqual(running.stdout.read(), "")
            self.assertEqual(running.wait(), 0)

    def test_items_go_on_while_no_line_comes(self):
        flow = self.compile('flow main(in lines: stream<str>) {\n'
                            '  lines >> each line with (parallel: 3) { sleep(1ms); line.upper() }\n'
                            '}\n')
        with self.start(flow, stdin=-1) as running:
            for word in ("one", "two"):
                running.stdin.write(word + "\nno end ")
                running.stdin.flush()
                self.assertIn(word.upper() + "\n", running.stdout.readline())
            running.stdin.close()
            self.assertEqual(running.stdout.read(), "NO END \n")
            self.assertEqual(running.wait(), 0)


if __name__ == "__main__":
    unittest.main()
