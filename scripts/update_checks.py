#!/usr/bin/env python3
"""update_checks.py BUILD PATH...: the CHECK lines of tests of test/lit, from what is printed now.

Runs the tests with a FileCheck that keeps what it is given, then writes the lines that do not hold
anew (check_lines.py). What cannot be made so is refused and stays as it is: CHECK-NOT, CHECK-DAG,
expressions of an author's own. A path PFnnnn.pf of diagnostics/ that does not exist is made from the
first wrong example of docs/errors/PFnnnn.md. Read the difference before you commit it: the
test is what you saw, not what is right.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from check_lines import HandWritten, rewritten
from check_pages import BLOCK, ROOT, SECTION

LIT = "/usr/lib/llvm-19/build/utils/lit/lit.py"
FILE_CHECK = "/usr/lib/llvm-19/bin/FileCheck"
RUN = "# RUN: {status}%pflowc {option} %s 2>&1 | %check_text %s\n"
RUN_MADE = ("# RUN: %{python} %S/Inputs/{code}.py > %t.pf\n"
            "# RUN: not %pflowc --check --error-limit=0 %t.pf 2>&1 | FileCheck %s\n"
            "# CHECK: error[{code}]: \n")
ROUNDS = 4  # other numbers of lines move what is reported below them


def record(folder, arguments):
    """Stands for FileCheck: keeps its arguments and its input."""
    files = [argument.split("=", 1)[1] for argument in arguments
             if argument.startswith("--input-file=")]
    data = pathlib.Path(files[0]).read_bytes() if files else sys.stdin.buffer.read()
    kept = {"arguments": arguments, "cwd": os.getcwd(), "input": data.decode(errors="replace")}
    pathlib.Path(folder, f"{time.time_ns():020}-{os.getpid()}.json").write_text(json.dumps(kept))


class Run:
    """What FileCheck was given in one RUN line."""

    def __init__(self, kept):
        self.arguments, self.input = kept["arguments"], kept["input"]
        plain = [argument for argument in self.arguments if not argument.startswith("-")]
        self.file = pathlib.Path(kept["cwd"], plain[0])
        self.prefixes = ["CHECK"]
        for argument in self.arguments:
            if match := re.match(r"--?check-prefix(?:es)?=(.*)", argument):
                self.prefixes = match[1].split(",")
        self.told = re.findall(r"--implicit-check-not=(\S+)", "\n".join(self.arguments))
        self.exact = {"--strict-whitespace", "--match-full-lines"} <= set(self.arguments)

    @property
    def output(self):
        return self.input.rstrip("\n").split("\n") if self.input.strip() else []

    def holds(self):
        options = [a for a in self.arguments if a.startswith("-") and "input-file" not in a]
        done = subprocess.run([FILE_CHECK, str(self.file), *options], input=self.input,
                              capture_output=True, text=True)
        return done.returncode == 0


class Suite:
    """The tests below `source`, set up in `build`/test/lit."""

    def __init__(self, build, source=ROOT / "test/lit"):
        self.build, self.source = pathlib.Path(build).resolve(), source.resolve()
        self.folders = [str(self.build), str(self.source.parent.parent)]

    def runs_of(self, path):
        """What FileCheck is given in each RUN line of a test."""
        place = self.build / "test/lit" / path.relative_to(self.source)
        with tempfile.TemporaryDirectory() as folder:
            stand_in = pathlib.Path(folder, "FileCheck")
            stand_in.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{os.path.abspath(__file__)}" '
                                f'--record "{folder}" "$@"\n')
            stand_in.chmod(0o755)
            done = subprocess.run([sys.executable, LIT, "-v", f"--param=file_check={folder}",
                                   str(place)], capture_output=True, text=True)
            kept = [json.loads(file.read_text())
                    for file in sorted(pathlib.Path(folder).glob("*.json"))]
        if done.returncode != 0:
            why = re.findall(r"^# \| .*|^# error: .*", done.stdout, re.M)
            raise HandWritten("it fails before its output is checked: "
                              + (why[-1].strip("# |") if why else done.stdout.strip()))
        return [Run(one) for one in kept]

    def renewed(self, path, runs, failed):
        """The test's text as these runs ask for."""
        text = path.read_text()
        for run in failed:
            if run.file.resolve() != path:
                raise HandWritten(f"its lines stand in {run.file.name}")
            if len(run.prefixes) != 1:
                raise HandWritten(f"one output is checked by {' and '.join(run.prefixes)}")
            if sum(run.prefixes[0] in other.prefixes for other in runs) > 1:
                raise HandWritten(f"more than one output is checked by {run.prefixes[0]}")
            text = rewritten(text, run.prefixes[0], run.output, run.exact, self.folders, run.told)
        return text

    def update(self, path):
        """True when the test was changed. What is refused is as it was."""
        before = path.read_text()
        try:
            for _ in range(ROUNDS):
                runs = self.runs_of(path)
                failed = [run for run in runs if not run.holds()]
                if not failed:
                    return path.read_text() != before
                text = self.renewed(path, runs, failed)
                if text == path.read_text():
                    break
                path.write_text(text)
            raise HandWritten("what it prints does not hold the second time")
        except BaseException:
            path.write_text(before)
            raise


def made_test(path):
    """Makes the test of a diagnostic from its page; false when there is no such page."""
    page = ROOT / f"docs/errors/{path.stem}.md"
    if path.parent.name != "diagnostics" or not page.is_file():
        return False
    blocks = BLOCK.findall(dict(SECTION.findall(page.read_text()))["Wrong"])
    if not blocks:
        return False
    kind, text = blocks[0]
    if kind == "python":
        (path.parent / f"Inputs/{path.stem}.py").write_text(text)
        path.write_text(RUN_MADE.replace("{code}", path.stem))
    else:
        option = "--emit-node-header" if kind == "pf interface" else "--check"
        status = "" if path.stem.startswith("PF08") else "not "
        path.write_text(RUN.format(status=status, option=option) + text)
    return True


def tests_of(paths):
    for path in map(pathlib.Path.resolve, map(pathlib.Path, paths)):
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*")
                              if found.suffix in (".pf", ".pfir", ".test")
                              and "Inputs" not in found.parts)
        elif path.exists() or made_test(path):
            yield path
        else:
            sys.exit(f"update-checks: no test `{path}`")


def main():
    if sys.argv[1:2] == ["--record"]:
        return record(sys.argv[2], sys.argv[3:])
    suite = Suite(sys.argv[1])
    refused = 0
    for path in tests_of(sys.argv[2:]):
        name = path.relative_to(ROOT)
        try:
            if suite.update(path):
                print(f"{name}: changed")
        except HandWritten as why:
            refused += 1
            print(f"{name}: change it by hand: {why}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
