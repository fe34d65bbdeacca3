#!/usr/bin/env python3
"""test_update_checks.py BUILD: what update_checks.py makes of tests whose lines are wrong."""
import pathlib
import shutil
import sys
import tempfile
import unittest

from check_lines import HandWritten, rewritten
from update_checks import ROOT, Suite


class Lines(unittest.TestCase):
    def made(self, checks, output, exact=False, prefix="CHECK"):
        text = "".join(f"# {line}\n" for line in checks)
        made = rewritten(text, prefix, output, exact, ["/home/me"])
        return [line.removeprefix("# ") for line in made.splitlines()]

    def test_what_holds_stays(self):
        checks = ["CHECK: a {{[0-9]+}}", "CHECK-NEXT: b", "CHECK: d"]
        self.assertEqual(self.made(checks, ["a 1", "b", "c", "d"]), checks)

    def test_a_line_becomes_the_one_most_like_it(self):
        self.assertEqual(self.made(["CHECK: flow main", "CHECK-NEXT: call @read(%1)"],
                                   ["nothing", "flow main", "call @read(%1, %2)"]),
                         ["CHECK: flow main", "CHECK-NEXT: call @read(%1, %2)"])

    def test_a_block_grows_and_shrinks(self):
        self.assertEqual(self.made(["CHECK: first", "CHECK-NEXT: last"],
                                   ["first", "between", "last"]),
                         ["CHECK: first", "CHECK-NEXT: between", "CHECK-NEXT: last"])
        self.assertEqual(self.made(["CHECK: first", "CHECK-NEXT: 12345", "CHECK-NEXT: last"],
                                   ["first", "last"]),
                         ["CHECK: first", "CHECK-NEXT: last"])

    def test_a_whole_output_is_written(self):
        self.assertEqual(self.made([], ["one", "", " two [[x]] {{y}}"], exact=True),
                         ["CHECK:one", "CHECK-EMPTY:", r"CHECK-NEXT: two {{\[\[}}x]] {{[{][{]}}y}}"])

    def test_folders_and_lines_of_interfaces_are_left_open(self):
        self.assertEqual(self.made([], ["e", " --> /home/me/a/x.pf:1:2",
                                        "10 | a", "::: /home/me/n.pf:9:1"], exact=True),
                         ["CHECK:e", "CHECK-NEXT:{{[ .0-9]+}}--> {{.*}}x.pf:1:2",
                          "CHECK-NEXT:{{[ .0-9]+}}| a", "CHECK-NEXT:::: {{.*}}n.pf:{{[0-9:]+}}"])

    def test_what_must_not_be_missed_gets_a_line(self):
        made = rewritten("# CHECK: 1: error: a\n", "CHECK",
                         ["1: error: a", "note", "2: error: b"], False, [], ["error:"])
        self.assertEqual(made, "# CHECK: 1: error: a\n# CHECK: 2: error: b\n")

    def test_other_prefixes_stay(self):
        self.assertEqual(self.made(["CHECK: a 1", "ERR: a 1"], ["a 2"], prefix="ERR"),
                         ["CHECK: a 1", "ERR: a 2"])

    def test_what_an_author_wrote_is_refused(self):
        for checks in (["CHECK: value {{[0-9]+}} of x"], ["CHECK: a", "CHECK-NOT: value"],
                       ["CHECK-DAG: value of x"], ["CHECK: [[NAME:v.*]] of x"], ["CHECK: qqqq"]):
            with self.assertRaises(HandWritten, msg=checks):
                self.made(checks, ["a value of x"])


class Tests(unittest.TestCase):
    """Copies of tests of the suites, damaged: they become what they were."""

    def setUp(self):
        self.place = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.place)
        build = self.place / "build"
        (build / "test/lit").mkdir(parents=True)
        (build / "bin").symlink_to(BUILD / "bin")
        site = (BUILD / "test/lit/lit.site.cfg.py").read_text()
        self.source = self.place / "test/lit"
        for real, copy in ((BUILD, build), (ROOT, self.place)):
            site = site.replace(f'_root = "{real}"', f'_root = "{copy}"')
        (build / "test/lit/lit.site.cfg.py").write_text(site)
        self.suite = Suite(build, self.source)

    def copy(self, name):
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "test/lit" / name, path)
        return path

    def test_damaged_tests_of_each_suite_become_what_they_were(self):
        for name, damages in DAMAGES.items():
            path = self.copy(name)
            before = path.read_text()
            for old, new in damages:
                self.assertEqual(path.read_text().count(old), 1, (name, old))
                path.write_text(path.read_text().replace(old, new))
            self.assertTrue(self.suite.update(path), name)
            self.assertEqual(path.read_text(), before)
            self.assertFalse(self.suite.update(path), name)

    def test_lines_above_the_program_move_what_it_reports(self):
        path = self.copy("diagnostics/PF0201.pf")
        text = path.read_text()
        run, program = text.split("\n", 1)
        program = program[:program.index("# CHECK")]
        path.write_text(f"{run}\n# CHECK:error\n{program}")
        self.assertTrue(self.suite.update(path))
        self.assertIn("# CHECK-NEXT:  --> {{.*}}PF0201.pf:13:9\n", path.read_text())

    def test_what_is_refused_stays_as_it_is(self):
        path = self.copy("parse/bare-chain.pf")
        good = path.read_text()
        for text, why in ((good.replace("RUN: %pflowc", "RUN: not %pflowc"), "it fails before"),
                          (good.replace("CHECK:              name llm", "CHECK-NOT: arg"), "CHECK-NOT"),
                          (good.replace("call\n", "{{q+}}\n"), "expression of its own")):
            path.write_text(text)
            with self.assertRaisesRegex(HandWritten, why):
                self.suite.update(path)
            self.assertEqual(path.read_text(), text)


DAMAGES = {
    "diagnostics/PF0201.pf": [("unknown name `drafts`", "no name"),
                              ("# CHECK-NEXT:  |         ~~~~~\n", "")],
    "parse/bare-chain.pf": [("# CHECK-NEXT:           arg\n", ""),
                            ("flow main bare", "flow min")],
    "sema/types/fail-builtins.pf": [("{{.*}}:7:11-18", "{{.*}}:9:11-18"), ("`str?`", "`str`")],
    "run/expr/durations.pf": [("true true false", "true false false"),
                              ("# CHECK-NEXT: 90m 30m -5s\n", "")],
}

if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop()).resolve()
    unittest.main()
