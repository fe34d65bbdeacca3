#!/usr/bin/env python3
"""update_diagnostics_tests.py PFLOWC [CODE...]: the CHECK lines of test/lit/diagnostics.

Writes what the compiler prints now into the tests that run it on themselves, and
makes the test of a page (docs/errors) that has none from its first wrong example.
Read the difference before you commit it: the test is what you saw, not what is right.
Tests with other RUN lines are left alone.
"""
import pathlib
import re
import subprocess
import sys

from check_pages import BLOCK, ROOT, SECTION

TESTS = ROOT / "test/lit/diagnostics"
RUN = "# RUN: {status}%pflowc {option} %s 2>&1 | %check_text %s\n"
RUN_MADE = ("# RUN: %{python} %S/Inputs/{code}.py > %t.pf\n"
            "# RUN: not %pflowc --check --error-limit=0 %t.pf 2>&1 | FileCheck %s\n"
            "# CHECK: error[{code}]: ")
STANDARD = re.compile(r"^# RUN: (not )?%pflowc (--check|--emit-node-header) %s 2>&1 \| %check_text")


def new_test(code, page):
    sections = dict(SECTION.findall(page.read_text()))
    blocks = BLOCK.findall(sections["Wrong"])
    if not blocks:
        return None
    kind, text = blocks[0]
    if kind == "python":
        (TESTS / f"Inputs/{code}.py").write_text(text)
        return RUN_MADE.format(code=code)
    option = "--emit-node-header" if kind == "pf interface" else "--check"
    status = "" if code.startswith("PF08") else "not "
    return RUN.format(status=status, option=option) + text


def check_line(first, line, other_files):
    """A line of output as a CHECK line. Lines of interface files move, and with
    them the width of the gutter, so these are left open."""
    if not line:
        return "# CHECK-EMPTY:\n"
    line = line.replace("{{", "{{[{][{]}}").replace("[[", r"{{\[\[}}").replace("RUN:", "{{RUN}}:")
    line = re.sub(r"(-->|:::) \S*/", r"\1 {{.*}}", line)
    line = re.sub(r"`/\S*/([\w.]+)`", r"`{{.*}}\1`", line)
    if other_files:
        line = re.sub(r"^[ .\d]+(\||=|-->|:::)", r"{{[ .0-9]+}}\1", line)
        line = re.sub(r"(::: \S+pf):\d+:\d+", r"\1:{{[0-9:]+}}", line)
    return f"# CHECK{'' if first else '-NEXT'}:{line}\n"


def updated(pflowc, path, text):
    program = re.sub(r"^# CHECK.*\n", "", text, flags=re.M).rstrip("\n") + "\n"
    path.write_text(program)
    option = STANDARD.match(program).group(2)
    done = subprocess.run([pflowc, option, str(path)], capture_output=True)
    shown = done.stderr.decode().rstrip("\n")
    lines = enumerate(shown.split("\n"))
    return program + "".join(check_line(i == 0, line, ":::" in shown) for i, line in lines)


def main():
    pflowc, codes = sys.argv[1], sys.argv[2:]
    for page in sorted((ROOT / "docs/errors").glob("PF*.md")):
        code = page.stem
        path = TESTS / f"{code}.pf"
        if (codes and code not in codes) or code.startswith("PF09"):
            continue
        text = path.read_text() if path.exists() else new_test(code, page)
        if text is None:
            continue
        if STANDARD.match(text):
            text = updated(pflowc, path, text)
            if f"[{code}]" not in text:
                print(f"{code}: the test does not print it")
                path.unlink()
                continue
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


if __name__ == "__main__":
    main()
