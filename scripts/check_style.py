#!/usr/bin/env python3
"""check_style.py format|length: every source is formatted; no file grows past 700 lines."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["support", "ir", "frontend", "codegen", "runtime", "stdlib-nodes", "tools", "test"]
CPP = (".cpp", ".h", ".hpp", ".c")
LIMIT = 700


def sources(suffixes):
    for folder in FOLDERS + ["scripts", "cmake", "grammar"]:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in suffixes and "Inputs" not in path.parts:
                yield path


def check_format():
    files = [str(path) for path in sources(CPP)]
    done = subprocess.run(["clang-format-19", "--dry-run", "-Werror", *files], cwd=ROOT)
    return done.returncode


def check_length():
    long = []
    for path in sources(CPP + (".py", ".cmake", ".g4", ".def", ".pf")):
        lines = path.read_text(errors="replace").count("\n")
        if lines > LIMIT:
            long.append(f"{path.relative_to(ROOT)}: {lines} lines, the limit is {LIMIT}")
    print("\n".join(long) or "no file is too long")
    return 1 if long else 0


if __name__ == "__main__":
    sys.exit({"format": check_format, "length": check_length}[sys.argv[1]]())
