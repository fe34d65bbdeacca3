#!/usr/bin/env python3
"""Keeps docs/ true:

- every ```pf block of the pages for users is a program that compiles, whose tests pass, that
  prints what its lines `# prints: …` say, and that `pflowc fmt` leaves as it is; a block ```pf NAME.pf is a file that the page's programs import;
- every relative link leads to a file, and to a heading of it;
- every file that the pages for developers name is there, every `./dev COMMAND` is a command;
- the options of pflowc are those of its --help, all of which docs/command-line.md has;
- what is made from the sources is up to date: the pages of the nodes, tables of docs/language/;
- docs/primer.md names all that there is, and its mistakes are mistakes.

    check_docs.py PFLOWC           fails when something is out of date
    check_docs.py PFLOWC --update  writes what is made anew
"""

import concurrent.futures
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import doc_tables
import node_pages
import primer_page
from check_pages import write_files

ROOT = Path(__file__).resolve().parent.parent
# The pages of docs/errors are those of check_pages.py.
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")),
         *sorted((ROOT / "docs/language").glob("*.md")), *sorted((ROOT / "docs/nodes").glob("*.md")),
         *sorted((ROOT / "examples").rglob("*.md"))]
COMMAND_LINES = ROOT / "docs/command-line.md"
DEVELOPERS = [ROOT / "docs/architecture.md", ROOT / "docs/contributing.md"]
BLOCK = re.compile(r"^```pf\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TEST = re.compile(r'^test "', re.MULTILINE)
CASSETTE = re.compile(r'^\s*cassette "', re.MULTILINE)
PRINTS = re.compile(r"^# prints: ?(.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:\s]*)(?:#([^)\s]*))?\)")
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
NAMED = re.compile(r"`((?:[\w-]+/)+[\w.-]+\.(?:cpp|h|def|py|md|g4))`")
COMMAND = re.compile(r"\./dev (\w+)")
COMPILE = re.compile(r"^\$ pflowc ([^&|\n]*)", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])(-[oOg]|-Werror|-Wno|--[a-z-]+)")


def name_of(page):
    return page.relative_to(ROOT).as_posix()


def test_problem(pflowc, program, folder):
    """What is wrong with its tests."""
    (Path(folder) / "page.pf").write_text(program)
    run = subprocess.run([pflowc, "test", "-Werror", "page.pf"], cwd=folder, capture_output=True,
                         text=True)
    return f"a test of this program fails\n{run.stdout}{run.stderr}" if run.returncode else None


def program_problem(pflowc, program, folder):
    """What is wrong with it; nothing when it compiles and prints what it says."""
    if TEST.search(program) and not CASSETTE.search(program):  # a page has no recordings
        return test_problem(pflowc, program, folder)
    promised = PRINTS.findall(program)
    goal = ["-o", "program"] if promised else ["--check"]
    run = subprocess.run([pflowc, *goal, "-Werror", "-Wno-unsafe-template", "-"], input=program,
                         cwd=folder, capture_output=True, text=True)
    if run.returncode != 0:
        return f"this program does not compile\n{run.stderr}"
    if not promised:
        return None
    run = subprocess.run(["./program"], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                         text=True)
    if run.stdout.splitlines() == promised:
        return None
    return f"this program prints\n{run.stdout}{run.stderr}"


def layout_problem(pflowc, program):
    """What `pflowc fmt` would change."""
    run = subprocess.run([pflowc, "fmt", "--diff", "-"], input=program, capture_output=True, text=True)
    return f"this program is not laid out\n{run.stdout}{run.stderr}" if run.stdout else None


def program_problems(pflowc, page):
    text = page.read_text()
    for block in BLOCK.finditer(text):
        with tempfile.TemporaryDirectory() as folder:
            write_files(text, folder)
            problem = program_problem(pflowc, block.group(1), folder)
            problem = problem or layout_problem(pflowc, block.group(1))
        if problem:
            yield f"{name_of(page)}:{text[: block.start()].count(chr(10)) + 2}: {problem}"


def anchors(page):
    """The headings of a page as GitHub names them in links."""
    found = set()
    for heading in HEADING.findall(CODE.sub("", page.read_text())):
        anchor = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        same = sum(1 for other in found if re.fullmatch(re.escape(anchor) + r"(-\d+)?", other))
        found.add(f"{anchor}-{same}" if same else anchor)
    return found


def link_problems(page):
    for path, anchor in LINK.findall(CODE.sub("", page.read_text())):
        target = page.parent / path if path else page
        if not target.exists():
            yield f"{name_of(page)}: the link {path} leads nowhere"
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            yield f"{name_of(page)}: {path or 'the page'} has no heading #{anchor}"


class Known(NamedTuple):
    """What can be typed."""
    commands: set  # of ./dev
    options: set   # of pflowc


def known_words(pflowc):
    def help_of(*command):
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    overview = help_of(pflowc, "--help")
    listed = overview.partition("\nCommands:\n")[2].partition("\n\n")[0]
    pages = [overview] + [help_of(pflowc, "help", command)
                          for command in re.findall(r"^  (\w+) ", listed, re.MULTILINE)]
    return Known({*COMMAND.findall(help_of("./dev", "help")), "help"},
                 {option for page in pages for option in OPTION.findall(page)})


def command_problems(page, known):
    """Commands of ./dev and options of pflowc that there are not."""
    text = page.read_text()
    yield from (f"{name_of(page)}: ./dev has no command {name}"
                for name in COMMAND.findall(text) if name not in known.commands)
    yield from (f"{name_of(page)}: pflowc has no option {option}"
                for command in COMPILE.findall(text)
                for option in OPTION.findall(command) if option not in known.options)
    if page == COMMAND_LINES:
        yield from (f"{name_of(page)}: pflowc's option {option} is missing"
                    for option in sorted(known.options - set(OPTION.findall(text))))


def named_problems(page):
    return [f"{name_of(page)}: there is no {name}" for name in NAMED.findall(page.read_text())
            if not re.search(r"PFnnnn|MODULE", name) and not (ROOT / name).exists()]


def page_problems(pflowc, page, known):
    problems = [*program_problems(pflowc, page), *link_problems(page), *command_problems(page, known)]
    problems += [f"{name_of(page)}: the cells of {cell} are not filled in"
                 for cell in doc_tables.unfilled(page.read_text())]
    return problems + (named_problems(page) if page in DEVELOPERS else [])


def made_pages(pflowc):
    """Each page that is made, or holds something made, as it should be."""
    made = {page: doc_tables.updated(page.read_text()) for page in PAGES
            if doc_tables.MADE.search(page.read_text())}
    return {**made, **node_pages.pages(pflowc), **primer_page.pages(pflowc)}


def stale(page, text):
    return not page.exists() or page.read_text() != text


def main():
    pflowc = Path(sys.argv[1]).absolute()
    made = made_pages(pflowc)
    if "--update" in sys.argv:
        for page, text in made.items():
            page.parent.mkdir(exist_ok=True)
            page.write_text(text)
        return 0
    problems = [f"{name_of(page)} is out of date: run scripts/check_docs.py build/bin/pflowc --update"
                for page, text in made.items() if stale(page, text)]
    problems += [*node_pages.problems(), *primer_page.problems(pflowc)]
    known = known_words(pflowc)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for found in pool.map(lambda page: page_problems(pflowc, page, known), PAGES):
            problems += found
    print("\n".join(problems) or f"{len(PAGES)} pages hold")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
