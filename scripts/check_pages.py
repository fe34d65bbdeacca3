#!/usr/bin/env python3
"""check_pages.py PFLOWC: the examples of docs/errors do what their page says.

A ```pf block under `## Wrong` gives the page's code, one under `## Right` gives
no error and not that code; ```pf served is compiled with `--with serve`. A ```python block prints such a program. What stands in
a block ```pf NAME.pf, or ```toml NAME.toml, is a file of that name for the others to import. Pages of
block 09 are about run time: there, every block compiles. See docs/errors/README.md.
"""
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECTION = re.compile(r"^## (\w+)\n(.*?)(?=^## |\Z)", re.M | re.S)
FILE = re.compile(r"^```(?:pf|toml|json) ([\w/.]+\.(?:pf|toml|json))\n(.*?)^```$", re.M | re.S)
BLOCK = re.compile(r"^```(pf interface|pf served|pf|python)\n(.*?)^```$", re.M | re.S)


def program_of(kind, text):
    if kind != "python":
        return text.encode()
    return subprocess.run([sys.executable, "-c", text], capture_output=True, check=True).stdout


def write_files(text, folder):
    """The files of a page, below the folder."""
    for name, content in FILE.findall(text):
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def compile_block(pflowc, kind, text, folder):
    option = "--emit-node-header" if kind == "pf interface" else "--check"
    served = ["--with", "serve"] if kind == "pf served" else []
    done = subprocess.run([pflowc, option, *served, "--error-format=short",
                           "--error-limit=0", "-"], cwd=folder,
                          input=program_of(kind, text), capture_output=True, timeout=60)
    return done.returncode, done.stderr.decode()


def check_page(pflowc, page):
    with tempfile.TemporaryDirectory() as folder:
        write_files(page.read_text(), folder)
        return check_sections(pflowc, page, folder)


def check_sections(pflowc, page, folder):
    code = page.stem
    number = int(code.removeprefix("PF"))
    text = page.read_text()
    sections = dict(SECTION.findall(text))
    problems = []
    if list(sections)[:2] != ["Wrong", "Right"]:
        return [f"{code}: expected the sections `## Wrong` and `## Right`"]
    of_command_line = "```console" in text
    for section in ("Wrong", "Right"):
        blocks = BLOCK.findall(sections[section])
        if not blocks and not of_command_line:
            problems.append(f"{code}: no ```pf block under `## {section}`")
        for kind, block in blocks:
            status, shown = compile_block(pflowc, kind, block, folder)
            wrong = section == "Wrong" and number // 100 != 9
            if wrong and f"[{code}]" not in shown:
                problems.append(f"{code}: a wrong example gives\n{shown or 'no error'}")
            if not wrong and (status != 0 or f"[{code}]" in shown):
                problems.append(f"{code}: the {section.lower()} example gives\n{shown}")
    return problems


def main():
    pflowc = pathlib.Path(sys.argv[1]).absolute()
    pages = sorted((ROOT / "docs/errors").glob(sys.argv[2] if len(sys.argv) > 2 else "PF*.md"))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        found = [p for problems in pool.map(lambda page: check_page(pflowc, page), pages)
                 for p in problems]
    print("\n".join(found) or f"the examples of {len(pages)} pages hold")
    sys.exit(1 if found or not pages else 0)


if __name__ == "__main__":
    main()
