#!/usr/bin/env python3
"""check_edits.py PFLOWC [FILE...]: the edits that errors and warnings offer.

Each edit, applied as it stands, takes its own error away and brings none, and so does `pflowc fix`,
which makes all that are certain: to the programs of test/lit/diagnostics, to the wrong examples of
docs/errors and to those of test/habits. A program of
test/habits has one mistake that another language explains. There is one error, and the
lines at its beginning say more:
  # says: REGEX      of the error's message, labels, notes, helps and replacements
  # never: REGEX     of what they do not say
  # becomes: REGEX   of the program behind one of the edits
"""
import concurrent.futures
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from check_pages import BLOCK, ROOT, SECTION, program_of, write_files

RUN = re.compile(r"^# RUN: (?:not )?%pflowc (--check|--emit-node-header)\b[^|]* %s(?: |$)")
EXPECTED = re.compile(r"^# (says|never|becomes): (.*)$", re.M)


class Program:
    """A program in a folder with the files that it imports."""

    def __init__(self, name, text, option="--check", folder=None, page=None):
        self.name, self.text, self.option, self.folder, self.page = name, text, option, folder, page

    def run(self, pflowc, text, *command):
        """What the command says of the text, and the text behind it."""
        with tempfile.TemporaryDirectory() as scratch:
            if self.folder and (self.folder / "Inputs").is_dir():
                shutil.copytree(self.folder / "Inputs", pathlib.Path(scratch, "Inputs"))
            if self.page:
                write_files(self.page, scratch)
            file = pathlib.Path(scratch, "program.pf")
            file.write_bytes(text)
            done = subprocess.run([pflowc, *command, "--error-format=json", "--error-limit=0",
                                   "program.pf"], cwd=scratch, capture_output=True, timeout=60)
            return done, file.read_bytes()

    def diagnostics(self, pflowc, text):
        done, _ = self.run(pflowc, text, self.option)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"exit {done.returncode}")
        lines = done.stderr.decode("utf-8", "replace").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]


def key(diagnostic):
    return (diagnostic["code"]["code"] if diagnostic["code"] else "", diagnostic["message"])


def words(diagnostic):
    parts = [diagnostic] + diagnostic["children"]
    texts = [part["message"] for part in parts]
    spans = [span for part in parts for span in part["spans"]]
    texts += [span[field] for span in spans for field in ("label", "suggested_replacement")
              if span[field]]
    return "\n".join(texts)


def edited(text, child):
    """The program behind the edits of one help; None when it has none."""
    spans = [(span["byte_start"], span["byte_end"], span["suggested_replacement"].encode())
             for span in child["spans"] if span["suggested_replacement"] is not None
             and span["file_name"] == "program.pf"]
    for begin, end, replacement in sorted(spans, reverse=True):
        text = text[:begin] + replacement + text[end:]
    return text if spans else None


def check_edits(pflowc, program, found):
    problems, results = [], []
    errors = [key(d) for d in found if d["level"] == "error"]
    for diagnostic in found:
        for child in diagnostic["children"]:
            result = edited(program.text, child)
            if result is None:
                continue
            results.append(result.decode("utf-8", "replace"))
            left = [key(d) for d in program.diagnostics(pflowc, result) if d["level"] == "error"]
            new = [each for each in left if left.count(each) > errors.count(each)]
            stays = diagnostic["level"] == "error" and len(left) >= len(errors)
            if new or stays:
                says = new[0][1] if new else diagnostic["message"]
                problems.append(f"{program.name}: `{child['message']}` leaves `{says}`")
    return problems, results


def certain(diagnostics):
    return [diagnostic["message"] for diagnostic in diagnostics for child in diagnostic["children"]
            for span in child["spans"] if span["suggestion_applicability"] == "MachineApplicable"]


def check_fix(pflowc, program, found):
    """`pflowc fix` makes what is certain, and nothing else."""
    if program.option != "--check":
        return []
    _, fixed = program.run(pflowc, program.text, "fix")
    if not certain(found):
        return [f"{program.name}: fixed without a certain edit"] if fixed != program.text else []
    left = program.diagnostics(pflowc, fixed)
    errors = [key(d) for d in found if d["level"] == "error"]
    new = [key(d) for d in left if d["level"] == "error" and key(d) not in errors]
    problems = [f"{program.name}: `pflowc fix` leaves `{each}`" for each in certain(left)]
    problems += [f"{program.name}: `pflowc fix` brings `{each[1]}`" for each in new]
    return problems


def check_expected(program, found, results):
    expected = dict(EXPECTED.findall(program.text.decode("utf-8", "replace")))
    errors = [d for d in found if d["level"] == "error"]
    if len(errors) != 1:
        return [f"{program.name}: {len(errors)} errors: {[d['message'] for d in errors]}"]
    said = words(errors[0])
    problems = []
    if not re.search(expected["says"], said, re.I):
        problems.append(f"{program.name}: nothing like /{expected['says']}/ in:\n{said}")
    if "never" in expected and re.search(expected["never"], said, re.I):
        problems.append(f"{program.name}: /{expected['never']}/ in:\n{said}")
    if "becomes" in expected:
        bodies = [EXPECTED.sub("", result) for result in results]
        if not any(re.search(expected["becomes"], body, re.M) for body in bodies):
            problems.append(f"{program.name}: no edit gives /{expected['becomes']}/: {bodies}")
    return problems


def check(pflowc, program, habit):
    try:
        found = program.diagnostics(pflowc, program.text)
        problems, results = check_edits(pflowc, program, found)
        problems += check_fix(pflowc, program, found)
        return problems + (check_expected(program, found, results) if habit else [])
    except (RuntimeError, subprocess.TimeoutExpired) as problem:
        return [f"{program.name}: {problem}"]


def lit_programs():
    for path in sorted((ROOT / "test/lit/diagnostics").glob("*.pf")):
        run = RUN.match(path.read_text(errors="replace").split("\n")[0])
        if run:
            yield Program(path.name, path.read_bytes(), run[1], path.parent)


def page_programs():
    for page in sorted((ROOT / "docs/errors").glob("PF*.md")):
        text = page.read_text()
        for kind, block in BLOCK.findall(dict(SECTION.findall(text)).get("Wrong", "")):
            option = "--emit-node-header" if kind == "pf interface" else "--check"
            yield Program(page.name, program_of(kind, block), option, page=text)


def main():
    pflowc, files = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2:]
    habits = [pathlib.Path(f) for f in files] or sorted((ROOT / "test/habits").glob("*.pf"))
    work = [(Program(path.name, path.read_bytes()), True) for path in habits]
    if not files:
        work += [(program, False) for program in [*lit_programs(), *page_programs()]]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        checked = list(pool.map(lambda each: check(pflowc, *each), work))
    problems = [problem for each in checked for problem in each]
    print("\n".join(problems) or f"{len(work)} programs")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
