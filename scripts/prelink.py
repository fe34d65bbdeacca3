#!/usr/bin/env python3
"""prelink.py OUT --triple T --keep SYMBOL OBJECT ARCHIVE...: an archive of one object, OUT, in which
OBJECT is linked already with what it needs of the archives, and only SYMBOL is seen from outside.

Linking it takes half the time that looking into the archives takes, and no name in it meets another one
of the same spelling.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

from link_stubs import EMULATION, LOADER

LLVM = "/usr/lib/llvm-19/bin"


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--triple", required=True, choices=LOADER)
    parser.add_argument("--keep", required=True)
    parser.add_argument("inputs", nargs="+")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        linked, seen = pathlib.Path(place) / "linked.o", pathlib.Path(place) / "seen"
        output_of(f"{LLVM}/ld.lld", "-m", EMULATION[given.triple], "-r", "-o", linked, *given.inputs)
        # A common symbol gets its place at the last link, where it must have its name.
        symbols = [line.split() for line in output_of(f"{LLVM}/llvm-nm", linked).splitlines()]
        common = [words[2] for words in symbols if len(words) == 3 and words[1] == "C"]
        seen.write_text("\n".join([given.keep, *common]) + "\n")
        output_of(f"{LLVM}/llvm-objcopy", f"--keep-global-symbols={seen}", linked)
        given.out.unlink(missing_ok=True)
        output_of(f"{LLVM}/llvm-ar", "rcs", given.out, linked)


if __name__ == "__main__":
    sys.exit(main())
