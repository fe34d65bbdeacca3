#!/usr/bin/env python3
"""check_pages.py PFLOWC: the examples of docs/errors do what their page says.

A ```pf block under `## Wrong` gives the page's code, one under `## Right` gives
no error and not that code. Pages of block 09 are about run time: there, every
block compiles. See docs/errors/README.md.
"""
import concurrent.futures
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECTION = re.compile(r"^## (\w+)\n(.*?)(?=^## |\Z)", re.M | re.S)
BLOCK = re.compile(r"^```pf( \w+)?\n(.*?)^```$", re.M | re.S)
COMPILED = range(100, 700)


def compile_block(pflowc, text, interface):
    option = "--emit-node-header" if interface else "--check"
    done = subprocess.run([pflowc, option, "--error-format=short", "-"], input=text.encode(),
                          capture_output=True, timeout=60)
    return done.returncode, done.stderr.decode()


def check_page(pflowc, page):
    code = page.stem
    number = int(code.removeprefix("PF"))
    text = page.read_text()
    sections = dict(SECTION.findall(text))
    problems = []
    if list(sections)[:2] != ["Wrong", "Right"]:
        return [f"{code}: expected the sections `## Wrong` and `## Right`"]
    compiled = number in COMPILED or number // 100 == 8
    for section in ("Wrong", "Right"):
        blocks = BLOCK.findall(sections[section])
        if compiled and not blocks:
            problems.append(f"{code}: no ```pf block under `## {section}`")
        for kind, block in blocks:
            status, shown = compile_block(pflowc, block, kind == " interface")
            wrong = section == "Wrong" and number // 100 != 9
            if wrong and f"[{code}]" not in shown:
                problems.append(f"{code}: a wrong example gives\n{shown or 'no error'}")
            if not wrong and (status != 0 or f"[{code}]" in shown):
                problems.append(f"{code}: the {section.lower()} example gives\n{shown}")
    return problems


def main():
    pflowc = sys.argv[1]
    pages = sorted((ROOT / "docs/errors").glob(sys.argv[2] if len(sys.argv) > 2 else "PF*.md"))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        found = [p for problems in pool.map(lambda page: check_page(pflowc, page), pages)
                 for p in problems]
    print("\n".join(found) or f"the examples of {len(pages)} pages hold")
    sys.exit(1 if found or not pages else 0)


if __name__ == "__main__":
    main()
