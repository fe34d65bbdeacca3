#!/usr/bin/env python3
"""Keeps docs/ true: every ```pf block of the pages for users is a program that
compiles (a block ```pf NAME.pf is a file that the page's programs import), every
relative link leads to a file, every file that the pages for developers name is there,
every `./dev COMMAND` is a command, and docs/nodes.md is what the interface files say.

    check_docs.py PFLOWC           fails when something is out of date
    check_docs.py PFLOWC --update  writes docs/nodes.md anew
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from check_pages import write_files

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["README.md", "docs/tutorial.md", "docs/language.md", "docs/architecture.md"]
DEVELOPERS = ["docs/architecture.md", "docs/contributing.md"]
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
NAMED = re.compile(r"`((?:[\w-]+/)+[\w.-]+\.(?:cpp|h|def|py|md|g4))`")
COMMAND = re.compile(r"\./dev (\w+)")
NODES_HEAD = """# The standard nodes

Made from the interface files in `stdlib-nodes/` by `scripts/check_docs.py --update`. A port with
`= default` may be left out; `in` marks what `>>` feeds, `out` what it passes on. Beside these the
compiler itself implements `choose fail map filter fold flat_map sort_by group_by any all count
collect as len slice str int float abs clamp` (see [the language](language.md)).

"""


def check_blocks(pflowc):
    failures = 0
    for page in PAGES:
        text = (ROOT / page).read_text()
        folder = tempfile.TemporaryDirectory()
        write_files(text, folder.name)
        for block in re.finditer(r"^```pf\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            line = text[: block.start()].count("\n") + 2
            run = subprocess.run([pflowc, "--check", "-Werror", "-"], input=block.group(1),
                                 cwd=folder.name, capture_output=True, text=True)
            if run.returncode != 0:
                failures += 1
                print(f"{page}:{line}: this program does not compile\n{run.stderr}")
    return failures


def check_names():
    """Links, files and commands that the pages name."""
    commands = subprocess.run(["./dev", "help"], cwd=ROOT, capture_output=True, text=True,
                              check=True).stdout
    known = set(COMMAND.findall(commands)) | {"help"}
    wrong = []
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        page = path.relative_to(ROOT).as_posix()
        text = path.read_text()
        wrong += [f"{page}: the link {link} leads nowhere"
                  for link in LINK.findall(text) if not (path.parent / link).exists()]
        wrong += [f"{page}: ./dev has no command {name}"
                  for name in COMMAND.findall(text) if name not in known]
        if page in DEVELOPERS:
            wrong += [f"{page}: there is no {name}" for name in NAMED.findall(text)
                      if not re.search(r"PFnnnn|MODULE", name) and not (ROOT / name).exists()]
    print("\n".join(wrong), end="\n" if wrong else "")
    return len(wrong)


def nodes_page(pflowc):
    interfaces = sorted((ROOT / "stdlib-nodes").glob("*/*.pf"))
    pages = [subprocess.run([pflowc, "--emit-node-docs", str(interface)], capture_output=True,
                            text=True, check=True).stdout for interface in interfaces]
    return NODES_HEAD + "".join(pages).rstrip("\n") + "\n"


def main():
    pflowc = Path(sys.argv[1]).absolute()
    page = ROOT / "docs" / "nodes.md"
    if "--update" in sys.argv:
        page.write_text(nodes_page(pflowc))
        return 0
    failures = check_blocks(pflowc) + check_names()
    if not page.exists() or page.read_text() != nodes_page(pflowc):
        failures += 1
        print("docs/nodes.md is out of date: run scripts/check_docs.py build/bin/pflowc --update")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
